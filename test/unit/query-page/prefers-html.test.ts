import { prefersHtml } from '../../../src/http/query-page/prefers-html.js';

describe('prefersHtml', () => {
  it.each([
    ['a Chromium navigation', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'],
    ['a Firefox navigation', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['HTML alone', 'text/html'],
    ['any text', 'text/*'],
    ['HTML above JSON', 'application/json;q=0.4, text/html;q=0.5'],
    ['anything but JSON', '*/*, application/json;q=0, application/graphql-response+json;q=0'],
  ])('holds for %s', (_name, accept) => {
    expect(prefersHtml(accept)).toBe(true);
  });

  it.each([
    ['a missing header', undefined],
    ['anything', '*/*'],
    ['a GraphQL client', 'application/graphql-response+json, application/json;q=0.9'],
    ['a client that reads both', 'application/json, text/html'],
    ['JSON above HTML', 'application/graphql-response+json, text/html;q=0.9'],
    ['refused HTML', 'text/html;q=0, application/json;q=0'],
    ['some other type', 'image/png'],
  ])('does not hold for %s', (_name, accept) => {
    expect(prefersHtml(accept)).toBe(false);
  });
});
