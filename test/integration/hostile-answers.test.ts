import { startSandbox } from '../../src/sandbox/sandbox.js';
import { graphql } from '../gql/gql.js';
import { MARK, useHostileUpstream } from '../support/hostile-upstream.js';

const ONE = graphql(`
  query OneCustomerOfAHostileUpstream {
    customer(id: "5") {
      id
      companyName
      customerContractType
      quotaMax
      isLocked
      trialDaysLeft
      createdAt
    }
  }
`);

/** An answer that keeps the contract, as text, so that its numbers and keys can be anything. */
const SOUND =
  '{"id":5,"customerUuid":"123e4567-e89b-12d3-a456-426614174000","companyName":"ACME","customerContractType":"pay",' +
  '"lockStatus":false,"isLocked":true,"quotaMax":7,"quotaUsed":0,"userMax":1,"userUsed":1,"cntInternalUser":1,' +
  '"cntGuestUser":0,"trialDaysLeft":3,"createdAt":"2024-02-29T12:00:00Z"}';
const ACME = {
  id: '5',
  companyName: 'ACME',
  customerContractType: 'PAY',
  quotaMax: 7,
  isLocked: true,
  trialDaysLeft: 3,
  createdAt: '2024-02-29T12:00:00Z',
};

const VIOLATION = 'UPSTREAM_CONTRACT_VIOLATION';
const DEEP = 100_000;
const nested = (open: string, inside: string, close: string): string => open.repeat(DEEP) + inside + close.repeat(DEEP);
const upstream = useHostileUpstream();

async function askForOne(): Promise<{ customer: unknown; errors: unknown }> {
  const { status, data, errors } = await upstream.stack.execute(ONE);
  expect(status).toBe(200);
  const text = JSON.stringify(errors ?? []);
  for (const secret of [MARK, 'sandbox-provider-one', new URL(upstream.stack.sandbox.url).host, '/v4/', '.ts:']) {
    expect(text).not.toContain(secret);
  }
  return {
    customer: data?.customer,
    errors: errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code]),
  };
}

describe('a body that is no JSON text of one object', () => {
  it.each([
    ['a number', '5'],
    ['a string', `"${MARK}"`],
    ['two documents', `${SOUND}{}`],
    ['cut off within a string', SOUND.slice(0, 100)],
    ['a member without quotes', `{id: 5, companyName: "${MARK}"}`],
    ['a comma too many', SOUND.replace('}', ',}')],
    ['NaN in a number’s place', SOUND.replace(':7,', ':NaN,')],
    ['hexadecimal', SOUND.replace(':7,', ':0x7,')],
    ['a leading zero', SOUND.replace(':7,', ':007,')],
    ['a comment', `/* ${MARK} */ ${SOUND}`],
    ['a raw line break in a string', SOUND.replace('ACME', 'AC\nME')],
    ['UTF-16', Buffer.from(SOUND, 'utf16le')],
    ['a zero byte behind it', `${SOUND}\0`],
    ['nothing but white space', ' \n\t '],
    ['lists in lists', nested('[', '', ']')],
    ['lists in lists that never end', '['.repeat(DEEP)],
    [
      'objects in objects around a long integer',
      nested('{"a":', '9007199254740993', '}').replace('{', `{"x":1,`) + '}',
    ],
  ])('is a violation of the whole answer: %s', async (_, body) => {
    upstream.answerBody(body);
    expect(await askForOne()).toEqual({ customer: null, errors: [['customer', VIOLATION]] });
  });
});

describe('a value that breaks the contract', () => {
  it.each([
    ['companyName', '"ACME"', '7'],
    ['companyName', '"ACME"', `["${MARK}"]`],
    ['companyName', '"ACME"', `{"toString":"${MARK}"}`],
    ['companyName', '"ACME"', nested('[', '', ']')],
    ['companyName', '"ACME"', 'null'],
    ['customerContractType', '"pay"', `"${MARK}"`],
    ['customerContractType', '"pay"', '"PAY"'],
    ['customerContractType', '"pay"', '"__proto__"'],
    ['quotaMax', '7', '1e999'],
    ['quotaMax', '7', '-1e999'],
    ['quotaMax', '7', '1e20'],
    ['quotaMax', '7', '0.5'],
    ['quotaMax', '7', '9223372036854775808'],
    ['quotaMax', '7', '9'.repeat(DEEP)],
    ['quotaMax', '7', '"7"'],
    ['createdAt', '"2024-02-29T12:00:00Z"', '"2023-02-29T12:00:00Z"'],
    ['createdAt', '"2024-02-29T12:00:00Z"', '1709208000000'],
  ])('fails a required %s and so the customer (%#)', async (field, sound, broken) => {
    upstream.answerBody(SOUND.replace(`"${field}":${sound}`, `"${field}":${broken}`));
    expect(await askForOne()).toEqual({ customer: null, errors: [[`customer.${field}`, VIOLATION]] });
  });

  it.each([
    ['isLocked', 'true', '"true"'],
    ['isLocked', 'true', '1'],
    ['trialDaysLeft', '3', '1e999'],
    ['trialDaysLeft', '3', '2147483648'],
    ['trialDaysLeft', '3', '"3"'],
    ['trialDaysLeft', '3', `{"value":"${MARK}"}`],
  ])('fails an optional %s and spares the rest (%#)', async (field, sound, broken) => {
    upstream.answerBody(SOUND.replace(`"${field}":${sound}`, `"${field}":${broken}`));
    expect(await askForOne()).toEqual({
      customer: { ...ACME, [field]: null },
      errors: [[`customer.${field}`, VIOLATION]],
    });
  });
});

describe('an odd answer that keeps the contract', () => {
  it.each([
    ['the last of two equal keys', SOUND.replace('"id"', '"companyName":"first","id"'), {}],
    ['a lone surrogate, escaped', SOUND.replace('ACME', '\\ud800'), { companyName: '\ud800' }],
    ['an integer written with an exponent', SOUND.replace(':7,', ':7e2,'), { quotaMax: 700 }],
    ['an integer written with a fraction', SOUND.replace(':7,', ':7.0,'), {}],
    ['a negative zero', SOUND.replace(':7,', ':-0,'), { quotaMax: 0 }],
    ['null in an optional place', SOUND.replace('"isLocked":true', '"isLocked":null'), { isLocked: null }],
    ['what no one knows, however deep', SOUND.replace('{', `{"x":${nested('{"a":', '1', '}')},`), {}],
    ['a text of a megabyte', SOUND.replace('ACME', 'A'.repeat(2 ** 20)), { companyName: 'A'.repeat(2 ** 20) }],
  ])('is read as JSON says: %s', async (_, body, change) => {
    upstream.answerBody(body);
    expect(await askForOne()).toEqual({ customer: { ...ACME, ...change }, errors: undefined });
  });

  it('supplies nothing by __proto__ or constructor, and changes no other object', async () => {
    const hostile = '"__proto__":{"isLocked":true,"polluted":1},"constructor":{"prototype":{"polluted":1}}';
    upstream.answerBody(SOUND.replace('"isLocked":true', hostile));
    expect(await askForOne()).toEqual({ customer: { ...ACME, isLocked: null }, errors: undefined });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each(['9007199254740993', '1'])('takes no property that only a prototype has, beside the number %s', async (n) => {
    upstream.answerBody(`{"quotaUsed":${n},"__proto__":${SOUND}}`);
    const { customer, errors } = await askForOne();
    expect(customer).toBeNull();
    expect(errors).toEqual([['customer.id', VIOLATION]]);
  });

  it('may say that it is something else than JSON', async () => {
    upstream.answerBody(SOUND, { 'content-type': 'text/html; charset=utf-16' });
    expect(await askForOne()).toEqual({ customer: ACME, errors: undefined });
  });
});

describe('HTTP that is out of the ordinary', () => {
  const BODY = `\r\n\r\n${SOUND}`;
  const LENGTH = `content-length: ${SOUND.length}`;
  const raw = (bytes: string): void => upstream.answer({ kind: 'raw', bytes }, { method: 'GET' });

  it.each([
    ['a length beyond the body', `HTTP/1.1 200 OK\r\ncontent-length: ${SOUND.length + 1}${BODY}`],
    ['two lengths', `HTTP/1.1 200 OK\r\n${LENGTH}\r\ncontent-length: 5${BODY}`],
    ['a negative length', `HTTP/1.1 200 OK\r\ncontent-length: -1${BODY}`],
    ['a length beside chunks', `HTTP/1.1 200 OK\r\n${LENGTH}\r\ntransfer-encoding: chunked${BODY}`],
    ['a chunk of no length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}'],
    ['chunks without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n'],
    ['a header of 100,000 characters', `HTTP/1.1 200 OK\r\nx: ${MARK.repeat(6_000)}\r\n${LENGTH}${BODY}`],
    ['3,000 headers', `HTTP/1.1 200 OK\r\n${`x: ${MARK}\r\n`.repeat(3_000)}${LENGTH}${BODY}`],
    ['a header that is none', `HTTP/1.1 200 OK\r\n${MARK}\r\n${LENGTH}${BODY}`],
    ['another protocol by upgrade', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'],
    ['another protocol', `SSH-2.0-${MARK}\r\n`],
    ['a head without an end', 'HTTP/1.1 200 OK\r\n'],
    ['an end without a word', ''],
  ])('makes the upstream unavailable: %s', async (_, bytes) => {
    raw(bytes);
    expect(await askForOne()).toEqual({ customer: null, errors: [['customer', 'UPSTREAM_UNAVAILABLE']] });
  });

  it('is a violation where the length cuts the body short', async () => {
    raw(`HTTP/1.1 200 OK\r\ncontent-length: ${SOUND.length - 1}${BODY}`);
    expect(await askForOne()).toEqual({ customer: null, errors: [['customer', VIOLATION]] });
  });

  it.each([
    ['interim answers before the real one', `HTTP/1.1 103 Early Hints\r\nlink: </${MARK}>\r\n\r\n`.repeat(5), LENGTH],
    ['an answer that ends with its connection', '', 'connection: close'],
  ])('is put up with: %s', async (_, before, header) => {
    raw(`${before}HTTP/1.1 200 OK\r\n${header}${BODY}`);
    expect(await askForOne()).toEqual({ customer: ACME, errors: undefined });
  });

  it('is a violation where a body is promised and 204 is answered', async () => {
    upstream.answer({ kind: 'respond', status: 204 });
    expect(await askForOne()).toEqual({ customer: null, errors: [['customer', VIOLATION]] });
  });

  it.each([301, 302, 303, 307, 308])('is not followed elsewhere, nor is the token: %i', async (status) => {
    const elsewhere = await startSandbox({ customers: 10 });
    try {
      const location = `${elsewhere.url}/v4/provisioning/customers/5`;
      upstream.answer({ kind: 'respond', status, headers: { location }, body: { message: MARK } });
      expect(await askForOne()).toEqual({ customer: null, errors: [['customer', 'UPSTREAM_ERROR']] });
      expect(elsewhere.log.all()).toEqual([]);
    } finally {
      await elsewhere.close();
    }
  });
});
