/** As payloads of mutations tell it. */
export interface UserError {
  message: string;
  /** Path of the input at fault, such as `['input', 'quotaMax']`. */
  field: readonly string[] | null;
}

/** What is wrong with a form: by the name of the field that is at fault, and of the whole. */
export interface FieldErrors {
  byField: ReadonlyMap<string, string>;
  general: readonly string[];
}

export const NO_ERRORS: FieldErrors = { byField: new Map(), general: [] };

/** The name of the form's field for a path of the input; undefined if the form has none for it. */
function fieldOf(path: UserError['field'], fields: readonly string[]): string | undefined {
  const name = path?.slice(1).join('.');
  return fields.find((field) => field === name);
}

/**
 * Places the errors of a mutation's payload. A form names its fields after the paths below `input`, such as
 * `firstAdminUser.email`; several errors of one field are told together.
 */
export function toFieldErrors(errors: readonly UserError[], fields: readonly string[]): FieldErrors {
  const byField = new Map<string, string>();
  const general: string[] = [];
  for (const { message, field: path } of errors) {
    const field = fieldOf(path, fields);
    if (field === undefined) general.push(message);
    else byField.set(field, [byField.get(field), message].filter(Boolean).join(' '));
  }
  return { byField, general };
}
