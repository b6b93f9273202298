import type { Lease, Leases } from '../leases/lease.js';
import type { Logger } from '../telemetry/logger.js';
import type { ChangePositions } from './change-positions.js';
import { advance, findChanges, isSettled, type ChangePosition, type Sighting } from './find-changes.js';

export interface PageQuery {
  offset: number;
  limit: number;
  /** Customers changed before the day of this may be left out, in milliseconds of the epoch. */
  sinceMs: number;
}

export interface ChangePollerOptions {
  everySeconds: number;
  leases: Leases;
  positions: ChangePositions;
  /** Customers by their latest change, latest first, and whether there are more of them. */
  readPage: (query: PageQuery) => Promise<{ sightings: readonly Sighting[]; hasMore: boolean }>;
  /** Notifies all replicas of a change; false if that is not certain. */
  tell: (change: Sighting) => Promise<boolean>;
  logger: Logger;
  /** Notified of why a look has failed. */
  onFailure: (error: unknown) => void;
  /** In milliseconds of the epoch. */
  now: () => number;
}

export interface ChangePoller {
  /** Looks once, unless another replica does the looking. Never rejects. */
  look(): Promise<void>;
  /** Looks from now on. */
  start(): void;
  close(): Promise<void>;
}

const LEASE = 'change-poll';
/** A holder that is gone is followed after as many looks. */
const LOOKS_OF_A_LEASE = 3;
/** Most looks find little. */
const FIRST_PAGE = 50;
const PAGE = 500;
/** Of one look, so that its cost is bounded: some 10,000 changes. */
const MAX_PAGES = 21;
/** What moves up while pages are read, as customers are deleted, is not skipped. */
const OVERLAP = 10;
/** More than what the clocks of gateway and upstream may differ by. */
const DAY_MS = 86_400_000;

/**
 * Looks for customers that were changed elsewhere, one replica at a time. A look costs one upstream request where fewer
 * than 50 customers were changed since the last one, and 21 at the most.
 */
export function createChangePoller(options: ChangePollerOptions): ChangePoller {
  return new Poller(options);
}

class Poller implements ChangePoller {
  private readonly everyMs: number;
  private lease: Lease | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: ChangePollerOptions) {
    this.everyMs = options.everySeconds * 1_000;
  }

  async look(): Promise<void> {
    try {
      if (!(await this.holdsLease())) return;
      await this.findAndTell();
    } catch (error) {
      this.options.onFailure(error);
    }
  }

  start(): void {
    this.looking = this.look().finally(() => {
      if (!this.isClosed) this.timer = setTimeout(() => this.start(), this.everyMs);
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.looking;
    await this.lease?.release();
  }

  private async holdsLease(): Promise<boolean> {
    if (this.lease && (await this.lease.renew())) return true;
    this.lease = await this.options.leases.acquire(LEASE, this.everyMs * LOOKS_OF_A_LEASE);
    return this.lease !== undefined;
  }

  private async findAndTell(): Promise<void> {
    const { positions, tell } = this.options;
    const position = await positions.load();
    if (!position) {
      await positions.save(await this.begin());
      return;
    }
    const changes = findChanges(await this.readSince(position), position);
    if (changes.length === 0) return;
    const told = await Promise.all(changes.map(tell));
    if (told.every(Boolean)) await positions.save(advance(position, changes));
  }

  /** Where no one has looked before, only what changes from now on is news. */
  private async begin(): Promise<ChangePosition> {
    const { readPage, now } = this.options;
    const { sightings } = await readPage({ offset: 0, limit: PAGE, sinceMs: now() });
    return advance({ latestMs: now() - DAY_MS, recent: [] }, sightings);
  }

  private async readSince(position: ChangePosition): Promise<readonly Sighting[]> {
    const found: Sighting[] = [];
    let offset = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const limit = page === 0 ? FIRST_PAGE : PAGE;
      const { sightings, hasMore } = await this.options.readPage({ offset, limit, sinceMs: position.latestMs });
      found.push(...sightings);
      if (!hasMore || sightings.some((sighting) => isSettled(sighting, position))) return found;
      offset += limit - OVERLAP;
    }
    this.options.logger.warn(
      { changes: found.length },
      'more customers changed than one poll reads; no events are sent for the others',
    );
    return found;
  }
}
