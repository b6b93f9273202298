import { baseUrl, headerPairs, integer, oneOf, secret, share } from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What operators get to see. */
export const TELEMETRY_VARIABLES = {
  LOG_LEVEL: variable(oneOf(LOG_LEVELS), 'info', `Least severe log line to write: ${LOG_LEVELS.join(', ')}.`),
  LOG_OPERATIONS: variable(
    oneOf(['all', 'errors', 'off'] as const),
    'all',
    'Which operations have a line in the log: all, errors for those that failed or were refused (50 a second at most), or off.',
  ),
  METRICS_PORT: variable(
    integer(0, 65_535),
    undefined,
    'Port that serves /metrics for Prometheus, apart from PORT; 0 takes a free one. Left out, nothing is measured.',
  ),
  METRICS_HOST: variable(String, '127.0.0.1', 'Address to serve /metrics on: no credential is asked for there.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    baseUrl,
    undefined,
    'Base URL of an OpenTelemetry collector that takes traces by HTTP, such as http://127.0.0.1:4318. Left out, nothing is traced.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: variable(
    headerPairs,
    undefined,
    'Headers for the collector, such as authorization=Bearer%20token, between commas.',
  ),
  OTEL_SERVICE_NAME: variable(String, 'dracoon-graphql-gateway', 'What the gateway is called in traces.'),
  OTEL_TRACES_SAMPLER_ARG: variable(
    share,
    '1',
    'Share of the requests that are traced, from 0 to 1; of a request that belongs to a trace, that trace decides.',
  ),
  EXPLAIN_KEY: secretVariable(
    String,
    'With NODE_ENV=production, the value of x-explain-upstream that shows extensions.upstream; left out, nobody sees it.',
  ),
  DEPRECATIONS_TOKEN: secretVariable(
    secret,
    'The bearer token that reads /deprecations: which clients still use what is deprecated. Left out, there is nothing at that path, save with AUTH_MODE=none on a loopback address, where it is open.',
  ),
};
