import type { TokenReader, TokenWish } from '../json/tokens.js';

/** What is known of the objects that resolvers give. */
export interface Records {
  /** Whether an object is one whose class has getters for its properties, which do nothing but read, and none of which it hides by one of its own. */
  isRecord(value: object): boolean;
  /** A reader for records of the class of `like`; undefined where not every wish can be met. */
  createTokenReader(like: object, wishes: readonly TokenWish[]): TokenReader | undefined;
}

export const NO_RECORDS: Records = { isRecord: () => false, createTokenReader: () => undefined };
