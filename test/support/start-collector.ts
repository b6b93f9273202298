import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

type Value = string | number | boolean | undefined;

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  traceState: string | undefined;
  name: string;
  /** 1 for internal ones, 2 for servers, 3 for clients. */
  kind: number;
  startTimeUnixNano: bigint;
  endTimeUnixNano: bigint;
  attributes: Record<string, Value>;
  /** 2 for an error, else 0. */
  status: number;
}

export interface CollectedRequest {
  path: string | undefined;
  headers: IncomingHttpHeaders;
  /** Attributes of the service. */
  resource: Record<string, Value>;
  spans: CollectedSpan[];
}

/** A collector that takes traces by OTLP/HTTP, in JSON and in protobuf. */
export interface Collector {
  url: string;
  /** Those that it has accepted. */
  spans: CollectedSpan[];
  requests: CollectedRequest[];
  /** What it answers next, with `Retry-After: 0`; 200 once there is nothing left. */
  failures: number[];
  close(): Promise<void>;
}

interface Attribute {
  key: string;
  value: Record<string, string | number | boolean>;
}

interface OtlpSpan extends Omit<CollectedSpan, 'attributes' | 'status' | 'startTimeUnixNano' | 'endTimeUnixNano'> {
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: Attribute[];
  status?: { code?: number };
}

interface OtlpRequest {
  resourceSpans: { resource: { attributes?: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** As far as tests look at it, from opentelemetry-proto 1.x. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated Attribute attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; string trace_state = 3; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated Attribute attributes = 9; Status status = 15;
  }
  message Status { int32 code = 3; }
  message Attribute { string key = 1; Value value = 2; }
  message Value { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
`);
const REQUEST = root.lookupType('Request');

const toHex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

function read(contentType: string | undefined, body: Buffer): OtlpRequest {
  if (contentType === 'application/json') return JSON.parse(String(body)) as OtlpRequest;
  if (contentType !== 'application/x-protobuf') throw new Error(`not taken: ${contentType ?? ''}`);
  const request = REQUEST.toObject(REQUEST.decode(body), { longs: String, bytes: String }) as OtlpRequest;
  for (const { scopeSpans } of request.resourceSpans)
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
      const { traceId, spanId, parentSpanId } = span;
      Object.assign(span, { traceId: toHex(traceId), spanId: toHex(spanId) });
      if (parentSpanId !== undefined) span.parentSpanId = toHex(parentSpanId);
    }
  return request;
}

const toRecord = (attributes: Attribute[] = []): Record<string, Value> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      'intValue' in value ? Number(value['intValue']) : Object.values(value)[0],
    ]),
  );

const toSpan = ({ attributes, status, startTimeUnixNano, endTimeUnixNano, ...span }: OtlpSpan): CollectedSpan => ({
  ...span,
  attributes: toRecord(attributes),
  status: status?.code ?? 0,
  startTimeUnixNano: BigInt(startTimeUnixNano),
  endTimeUnixNano: BigInt(endTimeUnixNano),
});

async function toRequest(request: IncomingMessage): Promise<CollectedRequest> {
  const body = Buffer.concat((await request.toArray()) as Buffer[]);
  const { url: path, headers } = request;
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const { resourceSpans } = read(headers['content-type'], plain);
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans.map(toSpan)));
  return { path, headers, resource: toRecord(resourceSpans[0]?.resource.attributes), spans };
}

export async function startCollector(): Promise<Collector> {
  const server = createServer((request, response) => {
    void toRequest(request).then((collected) => {
      collector.requests.push(collected);
      const status = collector.failures.shift() ?? 200;
      if (status === 200) collector.spans.push(...collected.spans);
      response.writeHead(status, { 'retry-after': '0' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const collector: Collector = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: [],
    requests: [],
    failures: [],
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return collector;
}
