import { hash } from 'node:crypto';
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

const keyOf = (serviceToken: string): string => hash('sha256', serviceToken, 'base64url');

export function createCredentialChecks(options: CredentialChecksOptions): CredentialChecks {
  return new Checks(options);
}

/** Keys are hashes of credentials. */
class Checks implements CredentialChecks {
  private readonly verdicts = new LRUCache<string, { verdict: CredentialVerdict; until: number }>({
    max: MAX_VERDICTS,
  });
  private readonly underWay = new Map<string, Promise<CredentialVerdict>>();
  private readonly watches = new Map<string, Watch>();

  constructor(private readonly options: CredentialChecksOptions) {}

  known(serviceToken: string): CredentialVerdict | undefined {
    return this.verdictOf(keyOf(serviceToken));
  }

  async check(serviceToken: string): Promise<CredentialVerdict> {
    const key = keyOf(serviceToken);
    return this.verdictOf(key) ?? this.askOnce(key, serviceToken);
  }

  watch(serviceToken: string, onRefused: () => void): () => void {
    const key = keyOf(serviceToken);
    const watch = this.watches.get(key) ?? { listeners: new Set(), timer: undefined };
    if (!this.watches.has(key)) {
      this.watches.set(key, watch);
      this.checkLater(key, serviceToken, watch, this.options.everyMs);
    }
    const listener = (): void => onRefused();
    watch.listeners.add(listener);
    return () => {
      watch.listeners.delete(listener);
      if (watch.listeners.size === 0 && this.watches.get(key) === watch) this.forget(key);
    };
  }

  report(serviceToken: string, failure: unknown): void {
    if (isStatus(failure, 401)) this.conclude(keyOf(serviceToken), 'refused');
  }

  private verdictOf(key: string): CredentialVerdict | undefined {
    const known = this.verdicts.get(key);
    return known && this.options.now() < known.until ? known.verdict : undefined;
  }

  private askOnce(key: string, serviceToken: string): Promise<CredentialVerdict> {
    const known = this.underWay.get(key);
    if (known) return known;
    const asked = this.ask(key, serviceToken).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  private async ask(key: string, serviceToken: string): Promise<CredentialVerdict> {
    try {
      await this.options.read(serviceToken);
      return this.conclude(key, 'accepted');
    } catch (failure) {
      if (isStatus(failure, 401)) return this.conclude(key, 'refused');
      // The upstream knows whose credential it is: reads say what it may not do.
      if (isStatus(failure, 403)) return this.conclude(key, 'accepted');
      throw failure;
    }
  }

  private conclude(key: string, verdict: CredentialVerdict): CredentialVerdict {
    const { everyMs, now } = this.options;
    const keepMs = verdict === 'accepted' ? everyMs * (1 + JITTER) : REFUSED_MS;
    this.verdicts.set(key, { verdict, until: now() + keepMs });
    if (verdict === 'refused') {
      const listeners = [...(this.watches.get(key)?.listeners ?? [])];
      this.forget(key);
      for (const listener of listeners) listener();
    }
    return verdict;
  }

  private forget(key: string): void {
    clearTimeout(this.watches.get(key)?.timer);
    this.watches.delete(key);
  }

  private checkLater(key: string, serviceToken: string, watch: Watch, milliseconds: number): void {
    const { everyMs, random } = this.options;
    watch.timer = setTimeout(
      () => {
        void this.askOnce(key, serviceToken)
          .then(
            () => everyMs,
            // Away, or too busy: the connections stay, as nothing says that the credential is no good.
            () => Math.min(everyMs, RETRY_MS),
          )
          .then((nextMs) => {
            if (this.watches.get(key) === watch) this.checkLater(key, serviceToken, watch, nextMs);
          });
      },
      milliseconds * (1 - JITTER + 2 * JITTER * random()),
    );
  }
}
