import fc from 'fast-check';
import { closestName } from '../../src/cli/closest-name.js';
import { toConfigReport } from '../../src/cli/config-report.js';
import type { Variable } from '../../src/config/variable.js';
import { VARIABLES } from '../../src/config/variables.js';

const variables = Object.entries<Variable<unknown>>(VARIABLES);
const valueOf = (env: Record<string, string>, name: string): string | undefined =>
  toConfigReport(env).rows.find((row) => row.name === name)?.value;

describe('toConfigReport', () => {
  it('has a row for each variable', () => {
    expect(toConfigReport({}).rows.map(({ name }) => name)).toEqual(variables.map(([name]) => name));
  });

  it.each(variables.filter(([name]) => /TOKEN$|SECRET|KEY$|PASSWORD|CREDENTIAL/.test(name)))(
    'takes %s for a secret',
    (_name, { isSecret }) => expect(isSecret).toBe(true),
  );

  it.each(variables.filter(([, { isSecret }]) => isSecret))('shows nothing of %s, right or wrong', (name) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,30}$/), fc.constantFrom('', ' ', ' ,'), (value, oddity) => {
        expect(JSON.stringify(toConfigReport({ [name]: value + oddity }))).not.toContain(value);
      }),
    );
  });

  it.each([
    ['redis://user:p@ss/w@redis.example:6379', 'redis://***@redis.example:6379'],
    ['rediss://:secret@a.example,rediss://:secret@b.example', 'rediss://***@b.example'],
    ['user:secret@redis.example', '***@redis.example'],
    ['redis://redis.example?password=secret', 'redis://redis.example?***'],
    ['redis://redis.example:6379', 'redis://redis.example:6379'],
  ])('shows %s as %s', (text, shown) => expect(valueOf({ REDIS_URL: text }, 'REDIS_URL')).toBe(shown));

  it('derives what is left out from what is not', () => {
    const env = { NODE_ENV: 'production', UPSTREAM_URL: 'https://dracoon.example/api' };
    expect(['AUTH_MODE', 'INTROSPECTION', 'QUERY_PAGE', 'UPSTREAM_URL'].map((name) => valueOf(env, name))).toEqual([
      'token',
      'off',
      'off',
      'https://dracoon.example/api',
    ]);
    expect(valueOf({}, 'UPSTREAM_URL')).toBe('(the embedded sandbox)');
    expect(valueOf({ PORT: 'x' }, 'AUTH_MODE')).toBe('(left out)');
  });

  it('points at what looks like a variable and is none', () => {
    const { lookalikes } = toConfigReport({ CORS_ORIGIN: 'x', HOSTS: 'x', PORTS: 'x', HOSTNAME: 'x', REDIS_UR: 'x' });
    expect(lookalikes).toEqual([
      { name: 'CORS_ORIGIN', meant: 'CORS_ORIGINS' },
      { name: 'REDIS_UR', meant: 'REDIS_URL' },
    ]);
  });
});

describe('closestName', () => {
  const names = ['start', 'sandbox', 'schema print', 'schema check'];
  it.each([
    ['strat', 'start'],
    ['sandboxes', 'sandbox'],
    ['schema pint', 'schema print'],
    ['build', undefined],
    ['', undefined],
  ])('takes %j for %s', (written, meant) => expect(closestName(written, names)).toBe(meant));
});
