import { loadConfig } from '../../src/config.js';
import { problemsOf } from '../support/problems-of.js';

type Env = Record<string, string>;
const JWT = {
  AUTH_MODE: 'jwt',
  UPSTREAM_TOKEN: 'token',
  JWT_JWKS_URL: 'https://issuer.example/keys',
  JWT_ISSUER: 'https://issuer.example',
  JWT_AUDIENCE: 'gateway',
};
const REAL = { NODE_ENV: 'production', UPSTREAM_URL: 'https://dracoon.example/api' };
const LONG = 'secret-of-16-or-more';

describe('values with white space around them', () => {
  it.each([
    ['production ', 'production'],
    [' production', 'production'],
    ['production\r', 'production'],
    ['production\r\n', 'production'],
    ['\tproduction\t', 'production'],
    ['production\u00a0', 'production'],
    ['\ufeffproduction', 'production'],
  ])('are trimmed: NODE_ENV=%j closes what is meant for developers', (NODE_ENV) => {
    const { server, explain } = loadConfig({ ...REAL, NODE_ENV });
    expect([server.introspection, server.queryPage, server.suggestions, explain.isOpen]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(problemsOf({ NODE_ENV, AUTH_MODE: 'none' })).toEqual([expect.stringContaining('AUTH_MODE must be')]);
  });

  it.each<[string, string]>([
    ['PORT', ' 4100 '],
    ['HOST', '127.0.0.1 '],
    ['WORKERS', '2\r'],
    ['UPSTREAM_URL', ' https://dracoon.example/api '],
    ['UPSTREAM_TOKEN', 'token \n'],
    ['AUTH_MODE', 'token\t'],
    ['INTROSPECTION', ' off'],
    ['QUERY_PAGE', 'off '],
    ['LOG_LEVEL', 'warn\r\n'],
    ['LOG_OPERATIONS', ' errors'],
    ['METRICS_PORT', ' 9464'],
    ['CACHE_TTL_SECONDS', ' customer=30 , user=10 '],
    ['REDIS_URL', 'redis://redis.example:6379 '],
    ['WEBHOOK_SECRETS', ` ${LONG} `],
    ['EXPLAIN_KEY', `${LONG}\r`],
    ['TRUSTED_DOCUMENTS', 'manifest.json '],
    ['CORS_ORIGINS', ' https://app.example '],
    ['JWT_ISSUER', 'https://issuer.example '],
    ['FAST_LANE', 'off '],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', ' http://127.0.0.1:4318'],
  ])('are trimmed: %s=%j', (name, text) => {
    const base = name.startsWith('JWT') ? JWT : { UPSTREAM_TOKEN: 'token', ...REAL };
    expect(loadConfig({ ...base, [name]: text })).toEqual(loadConfig({ ...base, [name]: text.trim() }));
  });

  it.each(['PORT', 'UPSTREAM_URL', 'NODE_ENV', 'REDIS_URL'])('count as left out if nothing is left: %s', (name) => {
    expect(loadConfig({ [name]: ' \t' })).toEqual(loadConfig({}));
  });
});

describe('mistakes that are problems', () => {
  it.each<[Env, RegExp]>([
    ...['Production', 'PRODUCTION', 'prod', 'productive', 'live', 'staging', '"production"', 'dev', 'production;'].map(
      (NODE_ENV): [Env, RegExp] => [{ NODE_ENV }, /^NODE_ENV must be one of production, development, test\.$/],
    ),
    ...[
      'http://0.0.0.0',
      'https://gateway.example',
      '0.0.0.0:4000',
      'localhost:4000',
      'gateway.example/',
      '//host',
      'a b',
    ].map((HOST): [Env, RegExp] => [{ HOST, AUTH_MODE: 'token' }, /^HOST must be an address or host name/]),
    [{ METRICS_HOST: 'http://0.0.0.0' }, /^METRICS_HOST must be an address or host name/],
    [{ METRICS_HOST: '0.0.0.0:9464' }, /^METRICS_HOST must be an address or host name/],
    [{ METRICS_PORT: '4000' }, /^METRICS_PORT must be another port than PORT\.$/],
    [{ PORT: '4100', METRICS_PORT: ' 4100' }, /^METRICS_PORT must be another port than PORT\.$/],
    ...[
      'https://issuer.example/.well-known/openid-configuration',
      'https://issuer.example/realms/a/.well-known/openid-configuration',
      'https://issuer.example/.well-known/oauth-authorization-server',
      'https://issuer.example/.well-known/oauth-authorization-server/tenant',
      'http://127.0.0.1:8080/.well-known/openid-configuration?x=1',
    ].map((JWT_JWKS_URL): [Env, RegExp] => [{ ...JWT, JWT_JWKS_URL }, /^JWT_JWKS_URL must be the address of the keys/]),
    [{ ...JWT, JWT_JWKS_URL: 'http://issuer.example/keys' }, /^JWT_JWKS_URL must be an https URL/],
    [{ ...JWT, JWT_JWKS_URL: 'issuer.example/keys' }, /^JWT_JWKS_URL must be an https URL/],
    ...['PORT', 'METRICS_PORT'].flatMap((name) =>
      ['x', '-1', '70000', '4000.5', '"4000"', ':4000'].map((text): [Env, RegExp] => [
        { [name]: text },
        new RegExp(`^${name} must be a whole number`),
      ]),
    ),
    ...['true', '1', 'yes', 'On'].map((INTROSPECTION): [Env, RegExp] => [
      { INTROSPECTION },
      /^INTROSPECTION must be one of/,
    ]),
    ...['dracoon.example/api', 'ftp://dracoon.example', '"https://dracoon.example/api"', 'https:/'].map(
      (UPSTREAM_URL): [Env, RegExp] => [{ UPSTREAM_URL }, /^UPSTREAM_URL must be an http or https URL/],
    ),
    [{ AUTH_MODE: 'none', NODE_ENV: 'production ' }, /^AUTH_MODE must be token or jwt with NODE_ENV=production/],
    [{ ...REAL, AUTH_MODE: 'jwt' }, /must be set with AUTH_MODE=jwt/],
    ...['Customer List', 'a,,b', 'sha256:1234'].map((MCP_TOOLS): [Env, RegExp] => [
      { MCP_TOOLS },
      /^MCP_TOOLS must be names of operations/,
    ]),
    [{ ...REAL, MCP_TOOLS: 'A' }, /^TRUSTED_DOCUMENTS must name a manifest that has the operations of MCP_TOOLS\.$/],
    [
      { ...REAL, MCP_TOOLS: 'A', TRUSTED_DOCUMENTS: 'manifest.graphql', TRUSTED_DOCUMENTS_MODE: 'off' },
      /^TRUSTED_DOCUMENTS must name a manifest that has/,
    ],
    [{ ...REAL, ROUTER_INVALIDATION_URL: 'http://router:4003/i' }, /^ROUTER_INVALIDATION_KEY must be set with/],
    [{ ROUTER_SUBGRAPH_NAME: '5 a' }, /^ROUTER_SUBGRAPH_NAME must be the name of a subgraph/],
    [
      { ...JWT, MCP_TOOLS: 'A', TRUSTED_DOCUMENTS: 'a.graphql' },
      /^MCP_URL must be set with MCP_TOOLS and AUTH_MODE=jwt\.$/,
    ],
    [
      {
        ...JWT,
        MCP_TOOLS: 'A',
        TRUSTED_DOCUMENTS: 'a.graphql',
        MCP_URL: 'https://a.example/mcp',
        JWT_ISSUER: 'issuer',
      },
      /^JWT_ISSUER must be a URL with MCP_TOOLS/,
    ],
    [{ ...REAL, AUTH_MODE: 'JWT' }, /^AUTH_MODE must be one of/],
    [{ ...REAL, WEBHOOK_SECRETS: LONG }, /^UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE must be set/],
    [{ ...REAL, WEBHOOK_SECRETS: 'short' }, /^WEBHOOK_SECRETS must be secrets/],
    [{ WORKERS: '0' }, /^WORKERS must be/],
    [{ WORKERS: 'auto' }, /^WORKERS must be/],
    [{ CACHE_TTL_SECONDS: '30s' }, /^CACHE_TTL_SECONDS must be/],
    [{ CACHE_TTL_SECONDS: 'customers=30' }, /^CACHE_TTL_SECONDS must be/],
    [{ CACHE_TTL_SECONDS: 'customer=30,user' }, /^CACHE_TTL_SECONDS must be a whole number from 0 to 86400\.$/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=%' }, /^OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs/],
    [{ REQUEST_TIMEOUT_MS: '10s' }, /^REQUEST_TIMEOUT_MS must be/],
    [{ CORS_ORIGINS: '*' }, /^CORS_ORIGINS must be/],
    [{ CORS_ORIGINS: 'https://app.example/' }, /^CORS_ORIGINS must be/],
    ...['socks5://proxy.example', 'http://proxy.example/path', 'http://'].map((HTTPS_PROXY): [Env, RegExp] => [
      { HTTPS_PROXY },
      /^HTTPS_PROXY must be the http or https URL of a proxy/,
    ]),
    [{ LOG_LEVEL: 'verbose' }, /^LOG_LEVEL must be/],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be/],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^OTEL_EXPORTER_OTLP_PROTOCOL must be one of/],
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, /^OTEL_TRACES_EXPORTER must be one of/],
    [{ OTEL_PROPAGATORS: 'b3,jaeger' }, /^OTEL_PROPAGATORS must be a list/],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /^OTEL_TRACES_SAMPLER must be one of/],
    [{ OTEL_SDK_DISABLED: 'yes' }, /^OTEL_SDK_DISABLED must be true or false/],
    ...['name', '=value', 'a=b=c', 'a=100%', 'a=b,'].map((OTEL_RESOURCE_ATTRIBUTES): [Env, RegExp] => [
      { OTEL_RESOURCE_ATTRIBUTES },
      /^OTEL_RESOURCE_ATTRIBUTES must be key=value pairs/,
    ]),
  ])('%j', (env, problem) => expect(problemsOf(env).join('\n')).toMatch(problem));
});

describe('mistakes that are noted', () => {
  it.each<[Env, RegExp]>([
    ...Object.entries({
      CACHE_TTL: 'CACHE_TTL_SECONDS',
      CACHE_TTL_MS: 'CACHE_TTL_SECONDS',
      all_proxy: 'HTTPS_PROXY',
      CACHE_SWR: 'CACHE_SWR_SECONDS',
      CACHE_STALE_IF_ERROR: 'CACHE_STALE_IF_ERROR_SECONDS',
      CACHE_STALE_WHILE_REVALIDATE: 'CACHE_SWR_SECONDS',
      CACHE_MAX_SIZE: 'CACHE_MAX_BYTES',
      RATE_LIMIT: 'RATE_LIMIT_PER_MINUTE',
      UPSTREAM_BASE_URL: 'UPSTREAM_URL',
      UPSTREAM_URI: 'UPSTREAM_URL',
      DRACOON_URL: 'UPSTREAM_URL',
      DRACOON_BASE_URL: 'UPSTREAM_URL',
      DRACOON_TOKEN: 'UPSTREAM_TOKEN',
      GATEWAY_PORT: 'PORT',
      LISTEN_PORT: 'PORT',
      UPSTREAM_TIMEOUT: 'UPSTREAM_TIMEOUT_MS',
      UPSTREAM_TIMEOUT_SECONDS: 'UPSTREAM_TIMEOUT_MS',
      REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
      CHANGE_POLL_MS: 'CHANGE_POLL_SECONDS',
      UPSTREAM_SERVICE_TOKEN: 'UPSTREAM_TOKEN',
      WEBHOOK_SECRET: 'WEBHOOK_SECRETS',
      CORS_ORIGIN: 'CORS_ORIGINS',
      ALLOWED_ORIGINS: 'CORS_ORIGINS',
      JWKS_URL: 'JWT_JWKS_URL',
      JWKS_URI: 'JWT_JWKS_URL',
      JWT_ISS: 'JWT_ISSUER',
      JWT_AUD: 'JWT_AUDIENCE',
      REDIS_HOST: 'REDIS_URL',
      REDIS_URI: 'REDIS_URL',
      REDIS_UR: 'REDIS_URL',
      LOGLEVEL: 'LOG_LEVEL',
      log_level: 'LOG_LEVEL',
      upstream_url: 'UPSTREAM_URL',
      'UPSTREAM-URL': 'UPSTREAM_URL',
      PROMETHEUS_PORT: 'METRICS_PORT',
      OTEL_ENDPOINT: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      OTEL_TRACE_SAMPLER: 'OTEL_TRACES_SAMPLER',
      GRAPHIQL: 'QUERY_PAGE',
      WORKER_COUNT: 'WORKERS',
      TRUSTED_DOCUMENTS_FILE: 'TRUSTED_DOCUMENTS',
      MAX_QUERY_DEPTH: 'MAX_DEPTH',
    }).map(([name, meant]): [Env, RegExp] => [
      { [name]: '1' },
      new RegExp(`^${name} is not a variable of the gateway\\. Did you mean ${meant}\\?$`),
    ]),
    ...[`"${LONG}"`, `'${LONG}'`, `"${LONG}`, `${LONG}"`, `${LONG.slice(0, 9)}"${LONG.slice(9)}`].flatMap((text) =>
      ['EXPLAIN_KEY', 'DEPRECATIONS_TOKEN', 'UPSTREAM_TOKEN'].map((name): [Env, RegExp] => [
        { [name]: text },
        new RegExp(`^${name} holds quotes`),
      ]),
    ),
    [{ ...JWT, JWT_ISSUER: '"https://issuer.example"' }, /^JWT_ISSUER holds quotes/],
    [{ ...JWT, JWT_AUDIENCE: "'gateway'" }, /^JWT_AUDIENCE holds quotes/],
    [{ CACHE_SWR_SECONDS: '30' }, /^CACHE_SWR_SECONDS has no effect/],
    [{ CACHE_STALE_IF_ERROR_SECONDS: '30' }, /^CACHE_STALE_IF_ERROR_SECONDS has no effect/],
    [{ CACHE_SWR_SECONDS: '30', CACHE_TTL_SECONDS: 'customer=0' }, /^CACHE_SWR_SECONDS has no effect/],
    [{ OTEL_TRACES_SAMPLER_ARG: '0.1' }, /^OTEL_TRACES_SAMPLER_ARG has no effect/],
    [{ UPSTREAM_TIMEOUT_MS: '60000' }, /^UPSTREAM_TIMEOUT_MS is above REQUEST_TIMEOUT_MS/],
    [{ REQUEST_TIMEOUT_MS: '3000' }, /^UPSTREAM_TIMEOUT_MS is above REQUEST_TIMEOUT_MS/],
    [{ WORKERS: '2', CACHE_TTL_SECONDS: '30' }, /^WORKERS without REDIS_URL .* CACHE_TTL_SECONDS/],
    [{ WORKERS: '2', RATE_LIMIT_PER_MINUTE: '30' }, /^WORKERS without REDIS_URL .* RATE_LIMIT_PER_MINUTE/],
    [{ WORKERS: '2', CHANGE_POLL_SECONDS: '30' }, /^WORKERS without REDIS_URL .* CHANGE_POLL_SECONDS/],
    [{ WORKERS: '2', WEBHOOK_SECRETS: LONG }, /^WORKERS without REDIS_URL .* WEBHOOK_SECRETS/],
    [{ ...REAL, UPSTREAM_TOKEN: 't', CHANGE_POLL_SECONDS: '30' }, /^CHANGE_POLL_SECONDS without REDIS_URL/],
    [{ ...REAL, UPSTREAM_URL: 'http://dracoon.example/api' }, /^UPSTREAM_URL is plain http/],
    [{ ...REAL, UPSTREAM_URL: 'http://dracoon.example/api', NODE_ENV: 'production ' }, /^UPSTREAM_URL is plain http/],
  ])('%j', (env, note) => {
    const { notes } = loadConfig(env);
    expect(notes).toEqual([expect.stringMatching(note)]);
    expect(notes.join()).not.toContain(LONG);
  });

  it('are noted beside problems, too', () => {
    const load = (): unknown => loadConfig({ AUTH_MODE: 'jwt', UPSTREAM_TOKN: 'x', PORT: 'x' });
    expect(load).toThrow(expect.objectContaining({ notes: [expect.stringContaining('Did you mean UPSTREAM_TOKEN?')] }));
  });
});

it.each<[Env]>([
  [{}],
  [
    {
      HOSTNAME: 'pod-1',
      HOME: '/root',
      PATH: '/bin',
      PWD: '/',
      SHLVL: '1',
      USER: 'node',
      NODE_VERSION: '22',
      npm_config_cache: 'x',
    },
  ],
  [{ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443', HTTPS_PROXY: 'http://proxy.example' }],
  [{ TOKEN: 'x', TIMEOUT: '1', CACHE: '1', URL: 'x', HOSTS: 'x', PORTS: 'x', CI: 'true', TZ: 'UTC', DEBUG: '*' }],
  [
    {
      ...REAL,
      WORKERS: '2',
      REDIS_URL: 'redis://redis.example',
      CACHE_TTL_SECONDS: '30',
      CHANGE_POLL_SECONDS: '30',
      UPSTREAM_TOKEN: 't',
    },
  ],
  [{ ...REAL, CACHE_TTL_SECONDS: '30', CACHE_SWR_SECONDS: '30' }],
  [{ HOST: '::' }],
  [{ HOST: '::1' }],
  [{ HOST: '[::1]' }],
  [{ HOST: 'fe80::1%eth0', AUTH_MODE: 'token' }],
  [{ HOST: 'gateway.example' }],
  [{ METRICS_PORT: '0', PORT: '0' }],
  [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }],
  // What only the SDK reads.
  [
    Object.fromEntries(
      [
        'BSP_EXPORT_TIMEOUT',
        'BSP_MAX_EXPORT_BATCH_SIZE',
        'BSP_MAX_QUEUE_SIZE',
        'BSP_SCHEDULE_DELAY',
        ...['', 'TRACES_'].flatMap((signal) =>
          ['CERTIFICATE', 'CLIENT_CERTIFICATE', 'CLIENT_KEY', 'COMPRESSION', 'TIMEOUT'].map(
            (name) => `EXPORTER_OTLP_${signal}${name}`,
          ),
        ),
        'SPAN_ATTRIBUTE_COUNT_LIMIT',
        'SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
        'ATTRIBUTE_COUNT_LIMIT',
        'ATTRIBUTE_VALUE_LENGTH_LIMIT',
      ].map((name) => [`OTEL_${name}`, '1']),
    ),
  ],
])('nothing is noted of %j', (env) => expect(loadConfig(env).notes).toEqual([]));
