import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { FaultAction } from '../../src/sandbox/faults.js';
import type { ErrorCode } from '../../src/errors/error-codes.js';
import type { Bounds } from './judge.js';
import { gzipBomb } from './gzip-bomb.js';
import { MARK, WORDS } from './secrets.js';
import type { ChaosUpstream } from './upstream.js';

export interface Phase {
  readonly name: string;
  /** Brings the trouble; the answer ends it. */
  readonly strike: (upstream: ChaosUpstream) => Promise<() => Promise<void>>;
  /** Whether the trouble is for everyone, so that the load goes on after it until reads succeed again. */
  readonly hasRecovery?: boolean;
  /** Whether only the lists are struck, which are sent by another caller than everything else. */
  readonly strikesOtherCaller?: boolean;
  /** A code that clients must meet: proof that the trouble has reached them. */
  readonly code?: ErrorCode;
  readonly bounds: Bounds;
}

const GETS = { method: 'GET' } as const;
const MEBIBYTE = 1024 * 1024;
const DEADLINE_MS = 10_000;
const DEADLINE_SLACK_MS = 500;

const respond = (status: number, headers: Readonly<Record<string, string>> = {}): FaultAction => ({
  kind: 'respond',
  status,
  headers: { 'x-marked': MARK, ...headers },
  body: { code: status, message: WORDS, debugInfo: WORDS },
});

const rarelyOnGets = (name: string, action: FaultAction): Phase => ({
  name,
  strike: async (upstream) => upstream.strike({ match: GETS, probability: 0.1, action }),
  bounds: { minReadShare: 0.99, maxGetsPerRead: 1.3 },
});

const allFail = (status: number, code: ErrorCode): Phase => ({
  name: `all ${status}`,
  strike: async (upstream) => upstream.strike({ action: respond(status) }),
  hasRecovery: true,
  code,
  bounds: { maxP99Ms: 1_000, maxGetsPerRead: 1.2, maxRecoveryMs: 2_000 },
});

const nothingComes = (name: string, action: FaultAction): Phase => ({
  name,
  strike: async (upstream) => upstream.strike({ action }),
  hasRecovery: true,
  code: 'UPSTREAM_TIMEOUT',
  bounds: { maxMs: DEADLINE_MS + DEADLINE_SLACK_MS, maxRecoveryMs: 2_000 },
});

const monstrous = (name: string, action: () => Promise<FaultAction>): Phase => ({
  name,
  async strike(upstream) {
    const match = { operationId: 'requestCustomers', token: SANDBOX_TOKENS.second };
    return upstream.strike({ match, action: await action() });
  },
  strikesOtherCaller: true,
  code: 'UPSTREAM_CONTRACT_VIOLATION',
  bounds: { minOthersShare: 0.99, maxOthersMs: 250, maxGrowthBytes: 150 * MEBIBYTE },
});

/** The programme, in its order. */
export const PHASES: readonly Phase[] = [
  { name: 'baseline', strike: async () => async () => {}, bounds: { minShare: 1, maxGetsPerRead: 1.05 } },
  {
    name: '250 ms latency on everything',
    strike: async (upstream) => upstream.strike({ latencyMs: 250 }),
    bounds: { minShare: 1 },
  },
  {
    name: '2 s latency on 10 %',
    strike: async (upstream) => upstream.strike({ probability: 0.1, latencyMs: 2_000 }),
    bounds: { minReadShare: 0.99 },
  },
  {
    name: '429 with Retry-After on everything',
    strike: async (upstream) => upstream.strike({ action: respond(429, { 'retry-after': '1' }) }),
    hasRecovery: true,
    code: 'UPSTREAM_RATE_LIMITED',
    bounds: { maxGetsPerRead: 1.2, passesRetryAfter: true },
  },
  rarelyOnGets('10 % resets on GETs', { kind: 'reset' }),
  rarelyOnGets('10 % mid-body resets on GETs', { kind: 'reset-mid-body' }),
  rarelyOnGets('10 % 503 on GETs', respond(503)),
  allFail(500, 'UPSTREAM_ERROR'),
  allFail(502, 'UPSTREAM_UNAVAILABLE'),
  {
    name: 'down',
    strike: (upstream) => upstream.goDown(),
    hasRecovery: true,
    code: 'UPSTREAM_UNAVAILABLE',
    bounds: { maxP99Ms: 1_000, maxGetsPerRead: 1.2, maxRecoveryMs: 2_000 },
  },
  nothingComes('hang', { kind: 'hang' }),
  nothingComes('one-byte drip', { kind: 'drip', bytesPerSecond: 20 }),
  monstrous('200 MB gzip bomb', async () => ({
    kind: 'respond',
    status: 200,
    headers: { 'content-encoding': 'gzip', 'x-marked': MARK },
    body: await gzipBomb(200),
  })),
  monstrous('100 MB body', async () => ({ kind: 'flood', totalBytes: 100 * MEBIBYTE })),
  monstrous('1,000 content encodings', async () =>
    respond(200, { 'content-encoding': Array(1_000).fill('gzip').join() }),
  ),
];
