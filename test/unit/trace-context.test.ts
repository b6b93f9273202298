import { readTraceContext } from '../../src/telemetry/trace-context.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${SPAN}-01`;

describe('readTraceContext', () => {
  it.each([traceparent, `00-${TRACE}-${SPAN}-00`, `cc-${TRACE}-${SPAN}-01`, `cc-${TRACE}-${SPAN}-01-more`])(
    'hands on %s',
    (value) => expect(readTraceContext({ traceparent: [value] })).toEqual({ traceparent: value }),
  );

  it.each([
    '',
    'x',
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01more`,
    ` ${traceparent}`,
  ])('leaves out "%s", and its state with it', (value) =>
    expect(readTraceContext({ traceparent: [value], tracestate: ['a=1'] })).toEqual({}),
  );

  it('leaves out a parent that is sent twice', () =>
    expect(readTraceContext({ traceparent: [traceparent, traceparent] })).toEqual({}));

  it.each([['a=1'], ['a=1,b=2'], ['a=1', 'b=2'], ['a=1,,b=2'], ['tenant@vendor=x y'], ['a=1 , b=2']])(
    'hands on the state %j %j',
    (...tracestate) =>
      expect(readTraceContext({ traceparent: [traceparent], tracestate })).toEqual({
        traceparent,
        tracestate: tracestate.join(','),
      }),
  );

  it.each([
    '',
    'a',
    'A=1',
    'a=',
    'a=1=2',
    'a=1,a=2',
    'a=ä',
    Array.from({ length: 33 }, (_, index) => `k${index}=1`).join(','),
    `a=${'x'.repeat(257)}`,
  ])('leaves out the state "%s" alone', (value) =>
    expect(readTraceContext({ traceparent: [traceparent], tracestate: [value] })).toEqual({ traceparent }),
  );
});
