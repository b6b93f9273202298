import { readFileSync } from 'node:fs';
import { loadConfig } from '../../src/config.js';
import { ConfigError } from '../../src/config/config-error.js';
import { VARIABLES } from '../../src/config/variables.js';

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

  it.each([
    'dracoon.example.com',
    'https://user:pass@example.com/api',
    'https://example.com/api?x=1',
    'https://example.com/#x',
  ])('refuses the upstream %s', (url) => {
    expect(() => loadConfig({ UPSTREAM_URL: url })).toThrow(/^UPSTREAM_URL must /);
  });

  it('has every variable explained in .env.example, with its default', () => {
    const example = readFileSync('.env.example', 'utf8');
    for (const [name, { fallback, description }] of Object.entries(VARIABLES)) {
      expect(example).toContain(`# ${description}\n# ${name}=${fallback ?? ''}\n`);
    }
    expect(example.match(/^# [A-Z_]+=/gm)).toHaveLength(Object.keys(VARIABLES).length);
  });
});
