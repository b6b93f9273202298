import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { UpstreamFailure } from '../errors/upstream-failure.js';

export type CredentialVerdict = 'accepted' | 'refused';

/** Whether the upstream accepts the credentials of callers who stay connected. */
export interface CredentialChecks {
  /** Returns a verdict that needs no upstream read; undefined if there is none. */
  known(serviceToken: string): CredentialVerdict | undefined;
  /** Returns the verdict, by one upstream read for all who ask at the same time. @throws what the read throws if it says nothing */
  check(serviceToken: string): Promise<CredentialVerdict>;
  /** Checks now and then, once for all who watch one credential. Calls `onRefused` at most once. Returns how to stop. */
  watch(serviceToken: string, onRefused: () => void): () => void;
  /** Reports a failure of another read with the credential, which may be a refusal. */
  report(serviceToken: string, failure: unknown): void;
}

export interface CredentialChecksOptions {
  /** One cheap upstream read with the credential. */
  read(serviceToken: string): Promise<unknown>;
  /** Between two checks of one credential, about. */
  everyMs: number;
  now(): number;
  random(): number;
}

/** Checks of many credentials spread over this share of the interval, before and after its end. */
const JITTER = 0.25;
/** A refused credential costs no other read for so long. */
const REFUSED_MS = 30_000;
/** Until the next attempt if a check said nothing. */
const RETRY_MS = 30_000;
/** Credentials whose verdict is remembered. */
const MAX_VERDICTS = 10_000;

interface Watch {
  listeners: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
}

const isStatus = (failure: unknown, status: number): boolean =>
  failure instanceof UpstreamFailure && failure.kind === 'status' && failure.status === status;

export function createCredentialChecks(options: CredentialChecksOptions): CredentialChecks {
  const { read, everyMs, now, random } = options;
  /** By the hash of the credential. */
  const verdicts = new LRUCache<string, { verdict: CredentialVerdict; until: number }>({ max: MAX_VERDICTS });
  const underWay = new Map<string, Promise<CredentialVerdict>>();
  const watches = new Map<string, Watch>();

  const keyOf = (serviceToken: string): string => createHash('sha256').update(serviceToken).digest('base64url');
  const spread = (milliseconds: number): number => milliseconds * (1 - JITTER + 2 * JITTER * random());

  function conclude(key: string, verdict: CredentialVerdict): CredentialVerdict {
    const keepMs = verdict === 'accepted' ? everyMs * (1 + JITTER) : REFUSED_MS;
    verdicts.set(key, { verdict, until: now() + keepMs });
    if (verdict === 'refused') {
      const listeners = [...(watches.get(key)?.listeners ?? [])];
      forget(key);
      for (const listener of listeners) listener();
    }
    return verdict;
  }

  async function ask(key: string, serviceToken: string): Promise<CredentialVerdict> {
    try {
      await read(serviceToken);
      return conclude(key, 'accepted');
    } catch (failure) {
      if (isStatus(failure, 401)) return conclude(key, 'refused');
      // The upstream knows whose credential it is: reads say what it may not do.
      if (isStatus(failure, 403)) return conclude(key, 'accepted');
      throw failure;
    }
  }

  function askOnce(key: string, serviceToken: string): Promise<CredentialVerdict> {
    const known = underWay.get(key);
    if (known) return known;
    const asked = ask(key, serviceToken).finally(() => underWay.delete(key));
    underWay.set(key, asked);
    return asked;
  }

  function verdictOf(key: string): CredentialVerdict | undefined {
    const known = verdicts.get(key);
    return known && now() < known.until ? known.verdict : undefined;
  }

  function forget(key: string): void {
    clearTimeout(watches.get(key)?.timer);
    watches.delete(key);
  }

  function checkLater(key: string, serviceToken: string, watch: Watch, milliseconds: number): void {
    watch.timer = setTimeout(() => {
      void askOnce(key, serviceToken)
        .then(
          () => everyMs,
          // Away, or too busy: the connections stay, as nothing says that the credential is no good.
          () => Math.min(everyMs, RETRY_MS),
        )
        .then((nextMs) => {
          if (watches.get(key) === watch) checkLater(key, serviceToken, watch, nextMs);
        });
    }, spread(milliseconds));
  }

  return {
    known: (serviceToken) => verdictOf(keyOf(serviceToken)),
    async check(serviceToken) {
      const key = keyOf(serviceToken);
      return verdictOf(key) ?? askOnce(key, serviceToken);
    },
    watch(serviceToken, onRefused) {
      const key = keyOf(serviceToken);
      const watch = watches.get(key) ?? { listeners: new Set(), timer: undefined };
      if (!watches.has(key)) {
        watches.set(key, watch);
        checkLater(key, serviceToken, watch, everyMs);
      }
      const listener = (): void => onRefused();
      watch.listeners.add(listener);
      return () => {
        watch.listeners.delete(listener);
        if (watch.listeners.size === 0 && watches.get(key) === watch) forget(key);
      };
    },
    report(serviceToken, failure) {
      if (isStatus(failure, 401)) conclude(keyOf(serviceToken), 'refused');
    },
  };
}
