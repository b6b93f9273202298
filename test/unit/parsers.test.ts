import { parse } from 'valibot';
import { isCredential, isLoopback, keySetUrl } from '../../src/config/parsers.js';

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.255.255.254', '::1', '[::1]'])('accepts %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  it.each([
    '',
    'localhost.evil.example',
    'evil-localhost',
    'evil.localhost',
    '127.0.0.1.evil.example',
    'evil.127.0.0.1',
    '1127.0.0.1',
    '127.0.0.1111',
    '127.0.0.0.1',
    '127a0b0c1',
    '126.0.0.1',
    '0.0.0.0',
    '[::1].evil.example',
    '[::1]]',
    '::1%eth0',
    '::11',
    'a::1',
    '::',
    '::ffff:8.8.8.8',
    'localhost\n',
  ])('refuses %j', (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe('keySetUrl', () => {
  it.each([
    'https://issuer.example/keys',
    'https://issuer.example/keys?tenant=1',
    'http://localhost:8080/keys',
    'http://127.0.0.1/keys',
    'http://[::1]:8080/keys',
  ])('accepts %s', (text) => {
    expect(parse(keySetUrl, text).href).toBe(new URL(text).href);
  });

  it.each([
    'http://issuer.example/keys',
    'http://127.0.0.1.evil.example/keys',
    'http://localhost.evil.example/keys',
    'http://evil.localhost/keys',
    'http://127.0.0.1@evil.example/keys',
    'http://evil.example/127.0.0.1',
    'http://[::2]/keys',
    'ftp://127.0.0.1/keys',
    'file:///keys',
    '127.0.0.1/keys',
    '',
  ])('refuses keys by %j, because anyone on the way could change them', (text) => {
    expect(() => parse(keySetUrl, text)).toThrow('be an https URL, or an http one on a loopback host');
  });

  it.each(['https://user@issuer.example/keys', 'https://:pass@issuer.example/keys', 'https://issuer.example/keys#a'])(
    'refuses credentials and a fragment in %s',
    (text) => {
      expect(() => parse(keySetUrl, text)).toThrow('hold no credentials or fragment');
    },
  );
});

describe('isCredential', () => {
  it.each(['!', '~', 'a'.repeat(4_096)])('accepts 1 to 4096 visible ASCII characters, case %#', (text) => {
    expect(isCredential(text)).toBe(true);
  });

  it.each(['', ' ', 'a b', ' a', 'a ', 'a\n', '\u007f', 'ä', 'a'.repeat(4_097)])('refuses %#', (text) => {
    expect(isCredential(text)).toBe(false);
  });
});
