import fc from 'fast-check';
import { toClientIdentity } from '../../src/telemetry/request-observer.js';

describe('who a client says it is', () => {
  it.each([
    [{}, undefined, undefined],
    [{ 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' }, 'web', '1.2'],
    [{ 'graphql-client-name': 'app', 'graphql-client-version': '7' }, 'app', '7'],
    [{ 'apollographql-client-name': 'web', 'graphql-client-name': 'app' }, 'web', undefined],
    [{ 'apollographql-client-name': ' ', 'graphql-client-name': 'app' }, 'app', undefined],
    [{ 'apollographql-client-name': '\u001b[31mred\u0007é' }, '?[31mred??', undefined],
  ])('of %j', (headers, name, version) => {
    expect(toClientIdentity(headers)).toEqual({ name, version });
  });

  it('is short, printable ASCII, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }), (name, version) => {
        const client = toClientIdentity({ 'apollographql-client-name': name, 'graphql-client-version': version });
        expect(client.name ?? 'x').toMatch(/^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/);
        expect(client.version ?? 'x').toMatch(/^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/);
      }),
    );
  });
});
