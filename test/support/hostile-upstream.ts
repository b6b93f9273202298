import type { FaultAction, FaultRule } from '../../src/sandbox/faults.js';
import { startStack, type Stack } from './start-stack.js';

/** A gateway in front of an upstream that answers what a test wants it to. */
export interface HostileUpstream {
  readonly stack: Stack;
  /** Lets the upstream answer so from now on. */
  answer(action: FaultAction, match?: FaultRule['match']): void;
  /** Lets the upstream answer 200 with this body. */
  answerBody(body: string | Buffer, headers?: Readonly<Record<string, string>>): void;
  /** Lets the upstream edit its answers. */
  answerEdited(edit: (json: JsonRecord) => unknown, match?: FaultRule['match']): void;
}

export type JsonRecord = Record<string, unknown>;

/** Stands in hostile texts that no client may see. */
export const MARK = 'MARKED-by-upstream';

/** The circuit judges ten requests together, and a test makes four at most: so many before it cannot have opened it. */
const REQUESTS_BEFORE_RENEWAL = 5;

/**
 * Declares for the surrounding suite that each test gets a stack, and that after it, whatever the upstream answered,
 * nothing is left unhandled and the next honest answer is served. Tests share a stack for as long as what one has asked
 * can't change another's outcome; with `isFresh`, never.
 */
export function useHostileUpstream(
  options: { env?: Readonly<Record<string, string>>; isFresh?: boolean } = {},
): HostileUpstream {
  const { env = {}, isFresh = false } = options;
  let current: Stack | undefined;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);

  const running = (): Stack => {
    if (!current) throw new Error('there is a stack within tests only');
    return current;
  };
  async function end(): Promise<void> {
    await current?.close();
    current = undefined;
  }

  beforeEach(async () => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    current ??= await startStack({ sandbox: { customers: 20 }, env });
  });
  afterEach(async () => {
    const { execute, sandbox } = running();
    sandbox.faults.clear();
    const { data } = await execute('{ customer(id: 6) { id } }');
    if (isFresh || sandbox.log.all().length > REQUESTS_BEFORE_RENEWAL) await end();
    process.off('unhandledRejection', note);
    expect(data).toEqual({ customer: { id: '6' } });
    expect(unhandled).toEqual([]);
  });
  afterAll(end);

  const answer: HostileUpstream['answer'] = (action, match = {}) =>
    void running().sandbox.faults.add({ match, action });
  return {
    get stack() {
      return running();
    },
    answer,
    answerBody: (body, headers = {}) => answer({ kind: 'respond', status: 200, headers, body }),
    answerEdited: (edit, match) => answer({ kind: 'transform', transform: (json) => edit(json as JsonRecord) }, match),
  };
}
