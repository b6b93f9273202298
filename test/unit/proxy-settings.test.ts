import { proxyOf } from '../../src/config/proxy-settings.js';

const PROXIES = { httpProxy: 'http://plain.example:3128/', httpsProxy: 'https://tls.example/', noProxy: '' };
const URLS = ['http://a.invalid', 'http://a.invalid:81', 'http://[::1]:81'];

describe('proxyOf', () => {
  it.each([
    ['http://collector.example:4318', PROXIES, PROXIES.httpProxy],
    ['https://collector.example:4318', PROXIES, PROXIES.httpsProxy],
    ['https://collector.example', { ...PROXIES, httpsProxy: '' }, PROXIES.httpProxy],
    ['http://collector.example', { ...PROXIES, httpProxy: '' }, undefined],
  ])('finds the proxy of %s', (url, proxies, expected) => expect(proxyOf(proxies, new URL(url))).toBe(expected));

  it.each([
    ['', []],
    ['valid', []],
    ['*', URLS],
    ...['a.invalid', '.invalid', '*.invalid', 'invalid', 'x,A.INVALID', 'x a.invalid'].map(
      (noProxy): [string, string[]] => [noProxy, URLS.slice(0, 2)],
    ),
    ['a.invalid:80', URLS.slice(0, 1)],
    ['invalid:81', URLS.slice(1, 2)],
    ['[::1]', URLS.slice(2)],
    ['[::1]:81', URLS.slice(2)],
    ['[::1]:82', []],
  ])('lets NO_PROXY="%s" keep these from the proxy: %j', (noProxy, direct) =>
    expect(URLS.filter((url) => proxyOf({ ...PROXIES, noProxy }, new URL(url)) === undefined)).toEqual(direct),
  );
});
