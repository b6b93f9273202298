import { hash, createHmac, randomUUID } from 'node:crypto';
import { badUserInput, GatewayError } from '../errors/gateway-error.js';
import { OUTCOME_UNKNOWN } from '../errors/outcome-unknown.js';
import type { UserError } from '../errors/user-error.js';
import type { OutcomeStore } from '../idempotency/outcome-store.js';
import { WriteRepetition, type Outcome } from './outcome.js';
import { statusOfError, WriteStatus } from './write-result.js';

/** What is kept of a value: enough to find it again, and nothing else of it. */
export interface KeptValue {
  id?: string;
  uuid?: string;
}

/** A write that may be a repetition of an earlier one. */
export interface RepeatableWrite<T> {
  /** Tells commands apart. */
  name: string;
  /** What it is done with. */
  input: unknown;
  /** A key in the input itself. */
  ownKey?: string | null | undefined;
  write: () => Promise<Outcome<T>>;
  keep: (value: T) => KeptValue;
  revive: (kept: KeptValue) => Promise<T>;
  /**
   * Finds out what became of an earlier attempt, made at `sinceMs` in milliseconds of the epoch: its outcome if it was
   * done, null if it was not, undefined if that can't be found out. Left out if writing again changes nothing.
   */
  find?: (sinceMs: number) => Promise<Outcome<T> | null | undefined>;
}

export interface WriteOnceOptions {
  store: OutcomeStore;
  /** Tells callers apart. */
  caller: string;
  /** Known to the caller and to no one who reads the store. */
  secret: string;
  /** The longest time that a write takes, whatever it waits for. */
  longestMs: number;
}

interface Entry {
  state: 'under-way' | 'unknown' | 'ended';
  attempt: string;
  fingerprint: string;
  /** Of the first attempt, in milliseconds of the epoch. */
  sinceMs: number;
  /** Until when an attempt can be under way, likewise. */
  untilMs: number;
  value: KeptValue | null;
  userErrors: readonly UserError[];
}

/** Whether the outcome that a store keeps in this text is final. */
export const hasEnded = (text: string): boolean => (JSON.parse(text) as Entry).state === 'ended';

/** What to keep of an attempt whose process is gone: if it was under way, its outcome is unknown. */
export function afterProcess(text: string): string {
  const entry = JSON.parse(text) as Entry;
  return entry.state === 'under-way' ? JSON.stringify({ ...entry, state: 'unknown' }) : text;
}

export const MAX_KEY_LENGTH = 255;

const reused = (): GatewayError =>
  new GatewayError(
    'IDEMPOTENCY_KEY_REUSED',
    'This idempotency key was used for another input in the last 24 hours. Nothing was changed.',
  );
const inUse = (): GatewayError =>
  new GatewayError('IDEMPOTENCY_KEY_IN_USE', 'A write with this idempotency key is under way. Repeat it later.', {
    extensions: { retryAfterSeconds: 1 },
  });
const unavailable = (cause: unknown): GatewayError =>
  new GatewayError(
    'IDEMPOTENCY_UNAVAILABLE',
    'It cannot be known at the moment whether this idempotency key was used. Nothing was changed.',
    { extensions: { retryAfterSeconds: 1 }, cause },
  );
const stillUnknown = (): GatewayError =>
  new GatewayError(
    'IDEMPOTENCY_OUTCOME_UNKNOWN',
    `An earlier write with this idempotency key was sent. ${OUTCOME_UNKNOWN}`,
    {
      extensions: { outcomeUnknown: true },
    },
  );

/** Lists, objects and values as text, with integers of any size: `{ a: 1n }` → `{"a":"1n"}`. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));

/** Runs writes with an idempotency key once in 24 hours, and returns the outcome of the first one to those that repeat it. */
export class WriteOnce {
  constructor(private readonly options: WriteOnceOptions) {}

  /**
   * Runs a write, or returns the outcome of the first with the same key. A write without a key is run.
   * @throws GatewayError IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, IDEMPOTENCY_UNAVAILABLE, all before anything is sent;
   * IDEMPOTENCY_OUTCOME_UNKNOWN
   */
  async run<T>(key: string | undefined, write: RepeatableWrite<T>): Promise<Outcome<T>> {
    const name = write.ownKey == null ? key && `operation:${key}` : `input:${checked(write.ownKey, 'idempotencyKey')}`;
    if (name === undefined) return write.write();
    const { storeKey, entry } = this.enter(name, write.name, write.input);
    const { current } = await this.take(storeKey, undefined, entry);
    if (current === undefined) return this.attempt(storeKey, entry, write, write.write);

    const before = JSON.parse(current) as Entry;
    if (before.fingerprint !== entry.fingerprint) throw reused();
    if (before.state === 'ended') {
      const repetition = WriteRepetition.SAME_RESULT;
      if (before.value === null) return { value: null, userErrors: [...before.userErrors], repetition };
      return { value: await write.revive(before.value), userErrors: [], repetition };
    }
    if (before.state === 'under-way' && Date.now() <= before.untilMs) throw inUse();
    const again = { ...entry, sinceMs: before.sinceMs };
    if (!(await this.take(storeKey, current, again)).isTaken) throw inUse();
    return this.attempt(storeKey, again, write, () => this.recover(before.sinceMs, write), WriteStatus.OUTCOME_UNKNOWN);
  }

  /** Binds a key to the whole input of many writes, each of which has a key of its own. @throws as `run` */
  async bind(key: string | undefined, name: string, input: unknown): Promise<void> {
    if (key === undefined) return;
    const { storeKey, entry } = this.enter(`list:${key}`, name, input);
    const { current } = await this.take(storeKey, undefined, { ...entry, state: 'ended' });
    if (current !== undefined && (JSON.parse(current) as Entry).fingerprint !== entry.fingerprint) throw reused();
  }

  private enter(key: string, name: string, input: unknown): { storeKey: string; entry: Entry } {
    const { caller, secret, longestMs } = this.options;
    const sinceMs = Date.now();
    return {
      storeKey: hash('sha256', toText([caller, key]), 'base64url'),
      entry: {
        state: 'under-way',
        attempt: randomUUID(),
        // Inputs hold passwords: no one who reads the store may try them out.
        fingerprint: createHmac('sha256', secret)
          .update(toText([name, input]))
          .digest('base64url'),
        sinceMs,
        untilMs: sinceMs + longestMs,
        value: null,
        userErrors: [],
      },
    };
  }

  private async take(
    storeKey: string,
    expected: string | undefined,
    entry: Entry,
  ): Promise<{ isTaken: boolean; current?: string | undefined }> {
    try {
      const result = await this.options.store.swap(storeKey, expected, JSON.stringify(entry));
      return result.swapped ? { isTaken: true } : { isTaken: false, current: result.current };
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** Writes, and keeps what came of it. What did nothing can be tried again, unless an attempt before it may have done something. */
  private async attempt<T>(
    storeKey: string,
    entry: Entry,
    { keep }: RepeatableWrite<T>,
    write: () => Promise<Outcome<T>>,
    before?: WriteStatus.OUTCOME_UNKNOWN,
  ): Promise<Outcome<T>> {
    const settle = async (next: Partial<Entry> | undefined): Promise<void> => {
      const text = next && JSON.stringify({ ...entry, ...next });
      // If it can't be kept, the entry stays under way until its time is over, and then counts as unknown.
      await this.options.store.swap(storeKey, JSON.stringify(entry), text).catch(() => undefined);
    };
    try {
      const outcome = await write();
      const value = outcome.value === null ? null : keep(outcome.value);
      await settle({ state: 'ended', value, userErrors: outcome.userErrors });
      return outcome;
    } catch (error) {
      const isUnknown = (before ?? statusOfError(error)) === WriteStatus.OUTCOME_UNKNOWN;
      await settle(isUnknown ? { state: 'unknown' } : undefined);
      throw error;
    }
  }

  private async recover<T>(sinceMs: number, { find, write }: RepeatableWrite<T>): Promise<Outcome<T>> {
    if (!find) return { ...(await write()), repetition: WriteRepetition.WRITTEN_AGAIN };
    const found = await find(sinceMs);
    if (found === undefined) throw stillUnknown();
    if (found) return { repetition: WriteRepetition.FOUND, ...found };
    return { ...(await write()), repetition: WriteRepetition.NOT_FOUND };
  }
}

/** An idempotency key as it may be. @throws BAD_USER_INPUT on one that is empty or too long */
export function checked(key: string, argument: string): string {
  if (key.length > 0 && key.length <= MAX_KEY_LENGTH) return key;
  throw badUserInput(`${argument} must have 1 to ${MAX_KEY_LENGTH} characters.`, argument);
}
