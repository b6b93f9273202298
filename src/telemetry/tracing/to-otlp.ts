import type { AttributeValue, Attributes, SpanKind, SpanRecord } from './span.js';

/** Numbers of the OpenTelemetry protocol. */
const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3 };
const STATUS_ERROR = 2;

const SCOPE = 'dracoon-graphql-gateway';

function toValue(value: AttributeValue): object {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  // Of 64 bits, which JSON has as text.
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { arrayValue: { values: value.map(toValue) } };
}

const toAttributes = (attributes: Attributes): object[] =>
  Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: toValue(value) }]));

/** Exact to the microsecond: a number could not hold more. */
const toNanoseconds = (milliseconds: number): string => `${Math.round(milliseconds * 1_000)}000`;

/** Spans as the JSON of an OTLP/HTTP request to `/v1/traces` (opentelemetry-proto 1.x). */
export function toOtlp(serviceName: string, spans: readonly SpanRecord[]): object {
  return {
    resourceSpans: [
      {
        resource: { attributes: toAttributes({ 'service.name': serviceName }) },
        scopeSpans: [
          {
            scope: { name: SCOPE },
            spans: spans.map(({ traceId, spanId, parentSpanId, traceState, name, ...span }) => ({
              traceId,
              spanId,
              parentSpanId,
              traceState,
              name,
              kind: KINDS[span.kind],
              startTimeUnixNano: toNanoseconds(span.startedAt),
              endTimeUnixNano: toNanoseconds(span.endedAt),
              attributes: toAttributes(span.attributes),
              status: span.hasFailed ? { code: STATUS_ERROR } : {},
            })),
          },
        ],
      },
    ],
  };
}
