import { PROPAGATORS, PROTOCOLS } from '../../telemetry/telemetry-settings.js';
import {
  baseUrl,
  flag,
  headerPairs,
  integer,
  listenHost,
  oneOf,
  resourceAttributes,
  secret,
  share,
  someOf,
  text,
} from '../parsers.js';
import { secretVariable, variable } from '../variable.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** What operators get to see. */
export const TELEMETRY_VARIABLES = {
  LOG_LEVEL: variable(oneOf(LOG_LEVELS), 'info', `Least severe log line to write: ${LOG_LEVELS.join(', ')}.`),
  LOG_OPERATIONS: variable(
    oneOf(['all', 'errors', 'off']),
    'all',
    'Which operations are logged: all, errors for those that failed or were rejected, or off. Of those that failed, 50 a second at most.',
  ),
  METRICS_PORT: variable(
    integer(0, 65_535),
    undefined,
    'Port that serves /metrics for Prometheus, apart from PORT; 0 takes a free one. Left out, nothing is measured.',
  ),
  METRICS_HOST: variable(listenHost, '127.0.0.1', 'Address to serve /metrics on: no credential is asked for there.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    baseUrl,
    undefined,
    'Base URL of an OpenTelemetry collector that takes OTLP by HTTP, such as http://127.0.0.1:4318. Without it, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT and OTEL_TRACES_EXPORTER=otlp, nothing is traced.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: variable(
    baseUrl,
    undefined,
    'The same for traces alone, with its whole path, such as http://127.0.0.1:4318/v1/traces.',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: secretVariable(
    headerPairs,
    'Headers for the collector, such as authorization=Bearer%20token, between commas.',
  ),
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: secretVariable(headerPairs, 'More such headers, for traces alone.'),
  OTEL_EXPORTER_OTLP_PROTOCOL: variable(
    oneOf(PROTOCOLS),
    'http/protobuf',
    `How traces are encoded: ${PROTOCOLS.join(' or ')}.`,
  ),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: variable(oneOf(PROTOCOLS), undefined, 'The same for traces alone.'),
  OTEL_TRACES_EXPORTER: variable(
    oneOf(['otlp', 'none']),
    undefined,
    'Whether traces are sent: otlp, to http://localhost:4318 without an endpoint; or none.',
  ),
  OTEL_SDK_DISABLED: variable(flag, 'false', 'Whether nothing is traced whatever else is set: true or false.'),
  OTEL_SERVICE_NAME: variable(
    text,
    'dracoon-graphql-gateway',
    'Service name of the gateway in traces. Left out, service.name of OTEL_RESOURCE_ATTRIBUTES counts.',
  ),
  OTEL_RESOURCE_ATTRIBUTES: variable(
    resourceAttributes,
    undefined,
    'Attributes of all spans, such as deployment.environment.name=test, between commas, percent-encoded.',
  ),
  OTEL_PROPAGATORS: variable(
    someOf([...PROPAGATORS, 'none']),
    'tracecontext,baggage',
    `Headers that carry contexts of traces, from clients and to the upstream: ${PROPAGATORS.join(', ')}, between commas; or none.`,
  ),
  OTEL_TRACES_SAMPLER: variable(
    oneOf(SAMPLERS),
    'parentbased_always_on',
    `Which requests are traced: ${SAMPLERS.join(', ')}. With parentbased, a request that belongs to a trace is traced if that is.`,
  ),
  OTEL_TRACES_SAMPLER_ARG: variable(
    share,
    '1',
    'Share of the requests that are traced, from 0 to 1, with a sampler that ends in traceidratio.',
  ),
  EXPLAIN_KEY: secretVariable(
    secret,
    'With NODE_ENV=production, the value of x-explain-upstream that shows extensions.upstream, of 16 characters or more; left out, it is never shown.',
  ),
  DEPRECATIONS_TOKEN: secretVariable(
    secret,
    'The bearer token that reads /deprecations: clients that still use deprecated elements. If unset, the path does not exist, except with AUTH_MODE=none on a loopback address, where it is open.',
  ),
};
