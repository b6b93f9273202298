import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

/** Stands in every text and header that a planned fault answers with. */
export const MARK = 'MARKED-by-chaos';

/** What no client may ever get to see. */
export function secretsOf(upstreamUrl: string): readonly string[] {
  return [...Object.values(SANDBOX_TOKENS), new URL(upstreamUrl).host, MARK];
}

export const findLeaks = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => text.includes(secret));
