import { readFileSync } from 'node:fs';
import { is } from 'valibot';
import { loadConfig } from '../../src/config.js';
import { ConfigError } from '../../src/errors/config-error.js';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';
import { problemsOf } from '../support/problems-of.js';

describe('loadConfig', () => {
  it('serves the sandbox on port 4000 of the loopback address by default', () => {
    const config = loadConfig({});
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 4000 });
    expect(config.upstream.url).toBeUndefined();
    expect(Object.isFrozen(config) && Object.isFrozen(config.server)).toBe(true);
  });

  it('takes an upstream with its path', () => {
    expect(loadConfig({ UPSTREAM_URL: 'https://dracoon.example.com/api' }).upstream.url?.href).toBe(
      'https://dracoon.example.com/api',
    );
  });

  it('reads an empty variable as one that is left out', () => {
    expect(loadConfig({ PORT: '', UPSTREAM_URL: '' })).toEqual(loadConfig({}));
  });

  it('reports every bad variable at once, without its value', () => {
    const load = (): unknown => loadConfig({ PORT: '70000', UPSTREAM_URL: 'ftp://s3cret@x', LOG_LEVEL: 'loud' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/^PORT must .*\nUPSTREAM_URL must .*\nLOG_LEVEL must /);
    expect(load).not.toThrow(/s3cret/);
  });

  it('reports rules between variables together with variables that are wrong by themselves', () => {
    const load = (): unknown => loadConfig({ WORKERS: 'many', TRUSTED_DOCUMENTS_MODE: 'log' });
    expect(load).toThrow(
      /^WORKERS must .*\nTRUSTED_DOCUMENTS must name a manifest, as TRUSTED_DOCUMENTS_MODE is on\.$/,
    );
  });

  it.each(Object.entries<Variable>(VARIABLES))(
    'says what %s must be in words of its own, without the value',
    (name, variable) => {
      for (const text of [
        'canary',
        'canary,canary',
        'canary=canary',
        'http://canary@h/?canary',
        'canary {"} %',
        '-1',
      ]) {
        const problems = problemsOf({ [name]: text }).filter((problem) => problem.startsWith(`${name} must `));
        if (!is(variable, text)) expect(problems).toHaveLength(1);
        expect(problems.join()).not.toMatch(/canary|be different|Expected|Invalid/);
      }
    },
  );

  it.each([
    'dracoon.example.com',
    'https://user:pass@example.com/api',
    'https://example.com/api?x=1',
    'https://example.com/#x',
  ])('refuses the upstream %s', (url) => {
    expect(() => loadConfig({ UPSTREAM_URL: url })).toThrow(/^UPSTREAM_URL must /);
  });

  it('takes keys of 16 characters or more to explain with', () => {
    expect(() => loadConfig({ EXPLAIN_KEY: 'fifteen-letters' })).toThrow(/^EXPLAIN_KEY must hold a secret: 16 /);
    expect(loadConfig({ EXPLAIN_KEY: 'sixteen--letters' }).explain.key).toBe('sixteen--letters');
  });

  it('serves known hosts only without authentication on loopback', () => {
    const servedWith = (env: Record<string, string>) => loadConfig(env).server.servedHosts;
    for (const HOST of ['', 'LocalHost', '127.0.0.9', '127.1', '::1', '[::1]', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])
      expect(servedWith({ HOST })).toBeDefined();
    for (const HOST of ['0.0.0.0', '::', '10.0.0.1', '127.0.0.1.example', '::ffff:10.0.0.1'])
      expect(servedWith({ HOST })).toBeUndefined();
    expect(servedWith({ AUTH_MODE: 'token' })).toBeUndefined();
    expect([...(servedWith({ HOST: '127.1', ALLOWED_HOSTS: 'A.Example, [FD00::0:1],b' }) ?? [])]).toEqual([
      'localhost',
      '127.0.0.1',
      '[::1]',
      'a.example',
      '[fd00::1]',
      'b',
    ]);
  });

  it.each(['*', 'https://a.example', 'a.example:4000', 'a.example/', 'a@b', 'a,,b', '*.example', 'a b'])(
    'refuses %j as an allowed host',
    (text) => expect(() => loadConfig({ ALLOWED_HOSTS: text })).toThrow(/^ALLOWED_HOSTS must be host names/),
  );

  it.each<[Record<string, string>, object | undefined]>([
    [{}, undefined],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, { protocol: 'http/protobuf', propagators: ['tracecontext', 'baggage'] }],
    [{ OTEL_TRACES_EXPORTER: 'otlp', HTTP_PROXY: 'http://p.example' }, { proxy: 'http://p.example/' }],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c.example/v1/traces' }, { protocol: 'http/protobuf' }],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c.example', OTEL_PROPAGATORS: 'none' }, { propagators: [] }],
  ])('traces with %j as %j', (env, tracing) => {
    const read = loadConfig(env).telemetry.tracing;
    if (tracing === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(tracing);
  });

  it('has every variable explained in .env.example, with its default', () => {
    const example = readFileSync('.env.example', 'utf8');
    for (const [name, { default: fallback, description }] of Object.entries(VARIABLES)) {
      expect(example).toContain(`# ${description}\n# ${name}=${fallback ?? ''}\n`);
    }
    expect(example.match(/^# [A-Z_]+=/gm)).toHaveLength(Object.keys(VARIABLES).length);
  });
});
