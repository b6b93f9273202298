const BODY_START = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 200 ');
const TARGET = /^(.*\/customers)\?offset=0&limit=(\d+)&filter=id%3Aeq%3A(\d+(?:%3A\d+)+)&(include_attributes=\w+)$/;

const bodyOf = (answer: Buffer): string => answer.toString('utf8', answer.indexOf(BODY_START) + BODY_START.length);

/**
 * The answer to a filter for several customers, put together from the answers for each of them, as the origin would give it.
 * Undefined where the target is another one, or one of those answers is not known.
 */
export function composeFiltered(target: string, known: (target: string) => Buffer | undefined): Buffer | undefined {
  const [, path = '', limit = '', list = '', attributes = ''] = TARGET.exec(target) ?? [];
  if (list === '') return undefined;
  const ids = [...new Set(list.split('%3A'))].sort((one, other) => Number(one) - Number(other));
  const items: string[] = [];
  for (const id of ids) {
    const answer = known(`${path}/${id}?${attributes}`);
    if (!answer) return undefined;
    if (answer.subarray(0, OK.length).equals(OK)) items.push(bodyOf(answer));
  }
  const range = `{"offset":0,"limit":${limit},"total":${items.length}}`;
  const body = Buffer.from(`{"range":${range},"items":[${items.join(',')}]}`);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json;charset=UTF-8\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
