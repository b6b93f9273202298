const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[\x21-\x7e]*)?$/;
const MEMBER =
  /^(?:([a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13}))=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const MAX_MEMBERS = 32;

/** Every value of each header, names in lower case. */
export type TraceHeaders = Readonly<Record<string, readonly string[] | undefined>>;

function isTraceparent(value: string): boolean {
  const match = TRACEPARENT.exec(value);
  // Later versions may say more behind the four parts; version 00 has nothing there.
  return match !== null && (match[1] !== '00' || match[2] === undefined);
}

function isTracestate(value: string): boolean {
  const members = value.split(',').map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''));
  const keys = members.filter(Boolean).map((member) => MEMBER.exec(member)?.[1]);
  return (
    keys.length > 0 && keys.length <= MAX_MEMBERS && !keys.includes(undefined) && new Set(keys).size === keys.length
  );
}

/**
 * The trace that a request belongs to, as headers for the calls made for it: `traceparent`, and `tracestate` where there
 * is one. What breaks the syntax of W3C Trace Context is left out, and without the first so is the second.
 */
export function readTraceContext(headers: TraceHeaders): { traceparent?: string; tracestate?: string } {
  const [traceparent, ...more] = headers['traceparent'] ?? [];
  if (traceparent === undefined || more.length > 0 || !isTraceparent(traceparent)) return {};
  const tracestate = headers['tracestate']?.join(',');
  return tracestate !== undefined && isTracestate(tracestate) ? { traceparent, tracestate } : { traceparent };
}
