import * as v from 'valibot';

type Fallback = string | undefined;
type TextSchema = v.GenericSchema<string, unknown>;

/** One environment variable: the schema of its text, whose `default` is as it would stand in the environment. */
export type Variable<S extends TextSchema = TextSchema, F extends Fallback = Fallback> = v.OptionalSchema<S, F> & {
  description: string;
  /** Whether its value is shown to no one. */
  isSecret: boolean;
};

/** Without a fallback, leaving out means something of its own. */
export const variable = <S extends TextSchema, F extends Fallback>(
  schema: S,
  fallback: F,
  description: string,
): Variable<S, F> => Object.assign(v.optional(schema, fallback), { description, isSecret: false });

/** A variable whose value is never printed; it has no default, as everybody would know that. */
export const secretVariable = <S extends TextSchema>(schema: S, description: string): Variable<S, undefined> =>
  Object.assign(v.optional(schema, undefined), { description, isSecret: true });
