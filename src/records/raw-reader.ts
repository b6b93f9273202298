import { nameInDocument, shapeOf } from './shape-of.js';
import { Answer, UNSOUND } from './answer.js';
import { soundPattern } from './text/sound-pattern.js';

/** The JSON text of a value, one character for each byte of its UTF-8, as JSON.stringify writes it; undefined for null. */
export type Token = string | undefined;

/**
 * Of which form a property's token has to be. `id` is a string, or an integer that stands for one. `integer` is one that
 * a number holds exactly. `enum` is a string of the words that the property may have.
 */
export type TokenForm = 'string' | 'id' | 'int32' | 'integer' | 'boolean' | 'enum' | ObjectForm;

/** An object that has exactly these properties, none of them null, in this order; or a list of such. */
interface ObjectForm {
  readonly isList: boolean;
  readonly properties: readonly TokenWish[];
}

export interface TokenWish {
  readonly name: string;
  readonly form: TokenForm;
}

/** Reads properties of records of one class as tokens, without making values of them. */
export interface TokenReader {
  /** A token for each wish; undefined if a record cannot be read this way, or a property is unsound or of another form. */
  read(record: object): readonly Token[] | undefined;
}

const STRINGS: readonly TokenForm[] = ['string', 'id'];

const FORMS: Readonly<Record<string, readonly TokenForm[]>> = {
  string: STRINGS,
  uuid: STRINGS,
  'date-time': STRINGS,
  id: ['id'],
  int32: ['int32', 'integer'],
  int64: ['integer'],
  boolean: ['boolean'],
};

/** Inside of an object, ids and words of enums do not stand in the answer as they stand in the upstream's. */
const isCopied = (form: TokenForm): boolean => form !== 'id' && form !== 'enum';

/**
 * Whether the texts of a kind (`generated/shapes.ts`) are of a form. An object is if the form has all properties of its
 * schema, in the schema's order.
 */
function fitsForm(kind: string, form: TokenForm): boolean {
  if (kind.startsWith('enum:')) return form === 'string' || form === 'enum';
  if (typeof form === 'string') return FORMS[kind]?.includes(form) === true;
  const prefix = form.isList ? 'list:object:' : 'object:';
  const properties = kind.startsWith(prefix) ? Object.entries(shapeOf(kind.slice(prefix.length)) ?? {}) : [];
  return (
    properties.length > 0 &&
    properties.length === form.properties.length &&
    properties.every(([name, property], index) => {
      const selected = form.properties[index];
      return selected?.name === name && isCopied(selected.form) && fitsForm(property.kind, selected.form);
    })
  );
}

const ATTRIBUTES = 'customerAttributes';

interface ReadProperty {
  readonly name: string;
  /** Whether it has to be there for the record to be read. */
  readonly isRequired: boolean;
}

function toProperty(shapeName: string, { name, form }: TokenWish): ReadProperty | undefined {
  const property = shapeOf(nameInDocument(shapeName))?.[name];
  if (!property || !fitsForm(property.kind, form) || soundPattern(property.kind) === undefined) return undefined;
  // The absence of attributes that were not asked for means nothing.
  const isUnknown = name === ATTRIBUTES && shapeName !== nameInDocument(shapeName);
  return { name, isRequired: property.required || isUnknown };
}

/** Makes a reader of answers of the class of `like` that are still text; undefined if it cannot meet every wish. */
export function createTokenReader(like: object, wishes: readonly TokenWish[]): TokenReader | undefined {
  if (!(like instanceof Answer)) return undefined;
  const properties = wishes.map((wish) => toProperty(like.shapeName, wish));
  return properties.every((property) => property !== undefined) ? new TextReader(properties) : undefined;
}

class TextReader implements TokenReader {
  private placesByName: ReadonlyMap<string, number> | undefined;
  private places: readonly (number | undefined)[] = [];

  constructor(private readonly properties: readonly ReadProperty[]) {}

  read(record: object): readonly Token[] | undefined {
    const text = (record as Answer).text;
    if (!text?.places) return undefined;
    if (text.places !== this.placesByName) this.follow(text.places);
    const { properties, places } = this;
    const tokens = new Array<Token>(properties.length);
    for (let index = 0; index < tokens.length; index += 1) {
      const place = places[index];
      const token = place === undefined ? undefined : text.texts[place];
      if (token === undefined ? properties[index]?.isRequired : token === UNSOUND) return undefined;
      tokens[index] = token;
    }
    return tokens;
  }

  private follow(places: ReadonlyMap<string, number>): void {
    this.placesByName = places;
    this.places = this.properties.map(({ name }) => places.get(name));
  }
}
