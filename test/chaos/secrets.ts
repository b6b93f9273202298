import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

/** Stands in every header and unreadable text that a planned fault answers with. */
export const MARK = 'MARKED-by-chaos';
/** The upstream's own words on a failure, which only operators get to see. */
export const WORDS = 'SAID-by-chaos';

/** What nobody may ever get to see, and what clients may not. */
export function secretsOf(upstreamUrl: string): { secrets: readonly string[]; hidden: readonly string[] } {
  const secrets = [...Object.values(SANDBOX_TOKENS), new URL(upstreamUrl).host, MARK];
  return { secrets, hidden: [...secrets, WORDS] };
}

export const findLeaks = (text: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => text.includes(secret));
