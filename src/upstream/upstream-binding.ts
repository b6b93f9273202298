import type { Span } from '../telemetry/tracing/span.js';
import type { Coalescer } from './coalescer.js';
import type { HeaderList } from './http-client.js';
import type { TimedLifetime } from './resilience/lifetime.js';
import type { Pace } from './resilience/pace.js';
import type { UnknownFields } from './unknown-fields.js';

/** How one call of an operation ended. */
export interface SettledCall {
  operationId: string;
  milliseconds: number;
  /** Undefined where it went well. */
  failure: unknown;
  /** Whether it was another operation's call that this one joined. */
  joined: boolean;
}

/** Whose calls these are, and what they have in common. */
export interface UpstreamBinding {
  /** The caller's credential; undefined calls without one. */
  serviceToken: string | undefined;
  /** The caller's own: reads of other callers are never joined. */
  coalescer: Coalescer;
  /** The caller's own: what the upstream asked it to wait. */
  pace: Pace;
  /** How long reads are worth waiting for. It is what ends a read that waits for its turn, so it has a timer. */
  lifetime: TimedLifetime;
  /** Whether nobody waits for what is read; such reads go last. */
  isBackground: boolean;
  /** Headers that tell whose calls these are; a shared read belongs to whoever started it. */
  headers: HeaderList;
  /** Of the operation, where it is traced. */
  span: Span | undefined;
  /** Told of every call before it is made; may refuse it by throwing. */
  beforeCall(): void;
  /** Told of every call once it has settled. */
  afterCall(call: SettledCall): void;
  /** The process's. */
  unknownFields: UnknownFields;
}
