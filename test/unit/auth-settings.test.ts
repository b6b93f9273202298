import { loadConfig } from '../../src/config.js';
import { problemsOf } from '../support/problems-of.js';

const UPSTREAM = { UPSTREAM_URL: 'https://dracoon.example.com/api' };
const JWT = {
  ...UPSTREAM,
  AUTH_MODE: 'jwt',
  UPSTREAM_TOKEN: 's3cret',
  JWT_JWKS_URL: 'https://issuer.example/keys?tenant=1',
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'dracoon-gateway',
};

describe('AUTH_MODE', () => {
  it('is token with an upstream and none with the sandbox, if it is left out', () => {
    expect(loadConfig(UPSTREAM).auth).toEqual({ mode: 'token' });
    expect(loadConfig({}).auth).toEqual({ mode: 'none', credential: undefined });
  });

  it('jwt has safe defaults', () => {
    expect(loadConfig(JWT).auth).toEqual({
      mode: 'jwt',
      credential: { token: 's3cret' },
      jwt: {
        jwksUrl: new URL('https://issuer.example/keys?tenant=1'),
        issuer: 'https://issuer.example',
        audiences: ['dracoon-gateway'],
        algorithms: ['RS256', 'ES256', 'PS256', 'EdDSA'],
        clockSkewSeconds: 30,
        customerIdsClaim: undefined,
      },
    });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['jwt without a credential', { ...JWT, UPSTREAM_TOKEN: '' }, /^UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must be set/],
    ['jwt with both', { ...JWT, UPSTREAM_TOKEN_FILE: 'f' }, /must not both be set/],
    ['none with an upstream and no credential', { ...UPSTREAM, AUTH_MODE: 'none' }, /must be set with AUTH_MODE=none/],
    [
      'none with an upstream for the network',
      { ...UPSTREAM, AUTH_MODE: 'none', UPSTREAM_TOKEN: 't', HOST: '0.0.0.0' },
      /^AUTH_MODE must be token or jwt if .* HOST/,
    ],
    [
      'none in production',
      { AUTH_MODE: 'none', NODE_ENV: 'production' },
      /^AUTH_MODE must be .* NODE_ENV=production\.$/,
    ],
    ['the sandbox in production', { NODE_ENV: 'production' }, /left out, it is none with the sandbox/],
    ['an unknown mode', { AUTH_MODE: 'open' }, /^AUTH_MODE must be one of token, jwt, none\.$/],
    ['an algorithm with a shared secret', { ...JWT, JWT_ALGORITHMS: 'RS256,HS256' }, /^JWT_ALGORITHMS must be a list/],
    ['the algorithm none', { ...JWT, JWT_ALGORITHMS: 'none' }, /^JWT_ALGORITHMS must be a list/],
    ['a boundless clock skew', { ...JWT, JWT_CLOCK_SKEW_SECONDS: '301' }, /^JWT_CLOCK_SKEW_SECONDS must/],
    ['keys by http', { ...JWT, JWT_JWKS_URL: 'http://issuer.example/keys' }, /^JWT_JWKS_URL must be an https URL/],
    ['keys by file', { ...JWT, JWT_JWKS_URL: 'file:///keys' }, /^JWT_JWKS_URL must be an https URL/],
    ['a token that can be no header', { ...JWT, UPSTREAM_TOKEN: 'two s3crets' }, /^UPSTREAM_TOKEN must hold a token/],
  ])('refuses %s', (_, env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(problem)]);
  });

  it('takes none for the sandbox on any address, and for an upstream on a loopback one', () => {
    expect(problemsOf({ AUTH_MODE: 'none', HOST: '0.0.0.0' })).toEqual([]);
    for (const HOST of ['127.0.0.1', 'localhost', '::1']) {
      expect(problemsOf({ ...UPSTREAM, AUTH_MODE: 'none', UPSTREAM_TOKEN: 't', HOST })).toEqual([]);
    }
  });

  it('tells all that is wrong at once, within variables and between them, and no value', () => {
    const problems = problemsOf({ AUTH_MODE: 'jwt', PORT: 'x', UPSTREAM_TOKEN: 's3cret s3cret', JWT_JWKS_URL: 'x' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'UPSTREAM_TOKEN',
      'JWT_JWKS_URL',
      'JWT_ISSUER',
      'JWT_AUDIENCE',
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });
});
