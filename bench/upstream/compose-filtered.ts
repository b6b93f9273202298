const BODY_START = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 200 ');
const TARGET = /^(.*\/customers)\?offset=0&limit=(\d+)&filter=id%3Aeq%3A(\d+(?:%3A\d+)+)&(include_attributes=\w+)$/;

/** A filter for several customers, as the gateway asks for it. */
export interface FilterTarget {
  limit: string;
  /** Targets for each of the customers, in the order in which the origin lists them. */
  singles: readonly string[];
}

/** Undefined for every other target. */
export function toFilterTarget(target: string): FilterTarget | undefined {
  const [, path = '', limit = '', list = '', attributes = ''] = TARGET.exec(target) ?? [];
  if (list === '') return undefined;
  const ids = [...new Set(list.split('%3A'))].sort((one, other) => Number(one) - Number(other));
  return { limit, singles: ids.map((id) => `${path}/${id}?${attributes}`) };
}

const isFound = (answer: Buffer): boolean => answer.subarray(0, OK.length).equals(OK);
const bodyOf = (answer: Buffer): string => answer.toString('utf8', answer.indexOf(BODY_START) + BODY_START.length);

/** The answer to such a filter, as the origin gives it, put together from its answers for each of the customers. */
export function composeFiltered(limit: string, answers: readonly Buffer[]): Buffer {
  const items = answers.filter(isFound).map(bodyOf);
  const range = `{"offset":0,"limit":${limit},"total":${items.length}}`;
  const body = Buffer.from(`{"range":${range},"items":[${items.join(',')}]}`);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=UTF-8\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
