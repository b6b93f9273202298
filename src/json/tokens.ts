/** The JSON text of a value, one character for each byte of its UTF-8, as JSON.stringify writes it; undefined for null. */
export type Token = string | undefined;

/**
 * Of which form a property's token has to be. `id` is a string, or an integer that stands for one. `integer` is one that
 * a number holds exactly. `enum` is a string of the words that the property may have.
 */
export type TokenForm = 'string' | 'id' | 'int32' | 'integer' | 'boolean' | 'enum' | ObjectForm;

/** An object that has exactly these properties, none of them null, in this order; or a list of such. */
export interface ObjectForm {
  readonly isList: boolean;
  readonly properties: readonly TokenWish[];
}

export interface TokenWish {
  readonly name: string;
  readonly form: TokenForm;
}

/** Reads properties of records of one class as tokens, without making values of them. */
export interface TokenReader {
  /** Where in what `read` gives the token of each property is, in the order of the wishes. May change with each `read`. */
  readonly places: readonly number[];
  /** Undefined where a record can't be read this way, or a property breaks its contract or is not of the form wished for. */
  read(record: object): readonly Token[] | undefined;
}
