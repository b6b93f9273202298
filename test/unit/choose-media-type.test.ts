import { ApolloServer, HeaderMap } from '@apollo/server';
import fc from 'fast-check';
import { GatewayError } from '../../src/errors/gateway-error.js';
import { RESPONSE_TYPES, chooseMediaType } from '../../src/http/choose-media-type.js';

const apollo = new ApolloServer({ typeDefs: 'type Query { a: Int }', csrfPrevention: false });
beforeAll(() => apollo.start());
afterAll(() => apollo.stop());

/** The media type of Apollo Server's answer; undefined if it refuses. */
async function chosenByApollo(accept: string | undefined): Promise<string | undefined> {
  const headers = new HeaderMap([['content-type', 'application/json']]);
  if (accept !== undefined) headers.set('accept', accept);
  const { status = 200, headers: answered } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query: '{ __typename }' } },
    context: async () => ({}),
  });
  return status === 200 ? answered.get('content-type') : undefined;
}

/** Undefined if it throws 406. */
function chosenHere(accept: string | undefined): string | undefined {
  try {
    return chooseMediaType(accept, RESPONSE_TYPES);
  } catch (error) {
    expect(error instanceof GatewayError && error.extensions.http?.status).toBe(406);
    return undefined;
  }
}

const type = fc.constantFrom(
  '*/*',
  'application/*',
  'application/json',
  'Application/JSON',
  'application/graphql-response+json',
  'application/graphql+json',
  'text/html',
  'text/*',
  '*/json',
  'multipart/mixed',
  '*',
  'x',
  '',
);
const parameter = fc.oneof(
  fc.double({ min: -1, max: 2, noNaN: true }).map((quality) => `q=${quality.toFixed(3)}`),
  fc.constantFrom(
    'q=0',
    'q=1',
    'q=a',
    'Q=0.2',
    'q="0.5"',
    'charset=utf-8',
    'charset=UTF-8',
    'charset="utf-8"',
    'charset=latin1',
    'callbackSpec=1.0',
    'deferSpec=20220824',
    'a="b,c;\\"d',
    '=',
    '',
  ),
);
const mediaRange = fc
  .tuple(type, fc.array(parameter, { maxLength: 3 }), fc.constantFrom(';', '; ', ' ;'))
  .map(([range, parameters, separator]) => [range, ...parameters].join(separator));
const header = fc.oneof(
  { weight: 8, arbitrary: fc.array(mediaRange, { maxLength: 5 }).map((ranges) => ranges.join(', ')) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...Array.from('application/json;q=0.1," *\\\t')), { maxLength: 60 })
      .map((c) => c.join('')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);

describe('chooseMediaType', () => {
  it("gives exactly Apollo Server's answer for generated Accept headers", async () => {
    const seen = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(header, async (accept) => {
        const expected = await chosenByApollo(accept);
        seen.add(expected);
        expect(chosenHere(accept)).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
    expect(seen.size).toBe(4);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/json',
    'application/graphql-response+json,application/json;q=0.9',
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json',
    'multipart/mixed; deferSpec=20220824, application/graphql-response+json, application/json',
  ])("gives Apollo Server's answer for %j, as clients send it", async (accept) => {
    const expected = await chosenByApollo(accept);
    expect(expected).toBeDefined();
    expect(chosenHere(accept)).toBe(expected);
  });

  it('disregards a header that takes long to compare', () => {
    expect(chosenHere(`text/html${', a/b'.repeat(1_000)}`)).toBe('application/json; charset=utf-8');
  });
});
