/** A deprecated part of the schema. */
export interface DeprecatedElement {
  /** Its schema coordinate: `Type.field`, `Type.field(argument:)`, `Input.field` or `Enum.VALUE`. */
  coordinate: string;
  reason: string;
  /** Milliseconds of the epoch; undefined if no date is known. */
  sinceMs: number | undefined;
  /** When it goes, in milliseconds of the epoch; undefined if that is not decided. */
  sunsetMs: number | undefined;
}

/** Every deprecated element of a schema, by its coordinate. */
export type DeprecatedElements = ReadonlyMap<string, DeprecatedElement>;
