import type { ProbeAnswer } from './probe-requests.js';

export type JsonObject = Readonly<Record<string, unknown>>;

/** What is looked for cannot be found out. The message says why. */
export class Unknown extends Error {
  override readonly name = 'Unknown';
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (record: JsonObject, name: string): string => {
  const value = record[name];
  return typeof value === 'string' ? value : '';
};
export const idOf = (record: JsonObject): string => String(record['id']);

/** A list answer. */
export class List {
  readonly items: readonly JsonObject[];
  private readonly range: JsonObject;

  /** @throws Unknown if it is none */
  constructor({ status, body }: ProbeAnswer) {
    const items = isObject(body) ? body['items'] : undefined;
    if (status !== 200 || !isObject(body) || !Array.isArray(items)) {
      throw new Unknown(`the server answered with status ${status}${status === 200 ? ' and no list' : ''}`);
    }
    this.items = items.filter(isObject);
    this.range = isObject(body['range']) ? body['range'] : {};
  }

  /** A number of its range. @throws Unknown if there is none */
  told(name: 'offset' | 'limit' | 'total'): number {
    const value = this.range[name];
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new Unknown(`the range of a list has no ${name}`);
    return Number(value);
  }
}

export const isRejected = ({ status }: ProbeAnswer): boolean =>
  status >= 400 && status < 500 && ![401, 403, 429].includes(status);

/** Which form of `X-Sds-Date-Format` a date has. */
export function toDateFormat(date: unknown): string {
  if (typeof date === 'number' || typeof date === 'bigint') return 'EPOCH';
  const match = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(String(date));
  if (!match) return 'another';
  const [, zone] = match;
  return zone === undefined ? 'LOCAL' : zone === 'Z' ? 'UTC' : 'OFFSET';
}

export const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** Every order that the items are in: `id:asc`, `createdAt:asc`. */
export function ordersOf(items: readonly JsonObject[]): string[] {
  return ['id', 'createdAt', 'companyName'].flatMap((name) => {
    const keys = items.map((item) => (name === 'id' ? BigInt(idOf(item)) : textOf(item, name).toLowerCase()));
    const isSorted = (inOrder: (one: bigint | string, next: bigint | string) => boolean): boolean =>
      keys.every((key, index) => index === 0 || inOrder(keys[index - 1] ?? key, key));
    const isAscending = isSorted((one, next) => one <= next);
    const isDescending = isSorted((one, next) => one >= next);
    if (isAscending === isDescending) return [];
    return [`${name}:${isAscending ? 'asc' : 'desc'}`];
  });
}
