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

/**
 * Declares for the surrounding suite that each test gets a fresh stack, and that after it, whatever the upstream
 * answered, nothing is left unhandled and the next honest answer is served.
 */
export function useHostileUpstream(env: Readonly<Record<string, string>> = {}): HostileUpstream {
  let stack: Stack;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);

  beforeEach(async () => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    stack = await startStack({ sandbox: { customers: 20 }, env });
  });
  afterEach(async () => {
    stack.sandbox.faults.clear();
    const { data } = await stack.execute('{ customer(id: 6) { id } }');
    await stack.close();
    process.off('unhandledRejection', note);
    expect(data).toEqual({ customer: { id: '6' } });
    expect(unhandled).toEqual([]);
  });

  const answer: HostileUpstream['answer'] = (action, match = {}) => void stack.sandbox.faults.add({ match, action });
  return {
    get stack() {
      return stack;
    },
    answer,
    answerBody: (body, headers = {}) => answer({ kind: 'respond', status: 200, headers, body }),
    answerEdited: (edit, match) => answer({ kind: 'transform', transform: (json) => edit(json as JsonRecord) }, match),
  };
}
