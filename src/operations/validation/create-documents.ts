import type { ApolloServerPlugin } from '@apollo/server';
import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import { parse, type DocumentNode } from 'graphql';
import type { OperationLimits } from '../../config/operation-limits.js';
import { RecentSet } from '../../cache/recent-set.js';
import type { OperationContext } from '../operation-context.js';
import type { RuleSet } from '../operation-rule.js';

export interface DocumentsOptions {
  rules: Pick<RuleSet, 'checkDocument'>;
  limits: Pick<OperationLimits, 'tokens'>;
  /** Whether no rule of validation finds anything wrong. */
  isValid: (document: DocumentNode) => boolean;
}

export interface Documents {
  /** For Apollo Server, which asks it for a document by the hash of its text before it would parse that itself. */
  store: KeyValueCache<DocumentNode>;
  /** Hands the text of a document to the store, once nothing is wrong with that. */
  plugin: ApolloServerPlugin<OperationContext>;
}

/** Texts of kept documents, which take some fifty times their room. What comes often is compiled and needs none. */
const MAX_TEXT = 256 * 1024;
/** Hashes of documents that came once: most never come again, and what is kept of each is work for the garbage collector. */
const MAX_SEEN = 2_000;
/** Texts are taken in the turn of the event loop that they are described in, save if another plugin refuses them. */
const MAX_TOLD = 100;

/** By their text's length: to measure a document itself would mean to write it as JSON. */
const sizeOf = ({ loc }: DocumentNode): number => Math.max(1, loc?.source.body.length ?? 0);

/** Undefined if anything is wrong with it. */
function readValid(source: string, { rules, limits, isValid }: DocumentsOptions): DocumentNode | undefined {
  try {
    const document = parse(source, { maxLexicalTokens: limits.tokens });
    for (const check of rules.checkDocument) check(document);
    return isValid(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Documents within every limit that no rule of validation finds anything wrong with. It has no word about any other one:
 * Apollo Server then parses and validates it, and says what is wrong. Kept are those of proven callers only.
 */
export function createDocuments(options: DocumentsOptions): Documents {
  const kept = new InMemoryLRUCache<DocumentNode>({ maxSize: MAX_TEXT, sizeCalculation: sizeOf });
  const seen = new RecentSet(MAX_SEEN);
  const told = new Map<string, { source: string; mayBeKept: boolean }>();

  return {
    store: {
      async get(key) {
        const known = await kept.get(key);
        const hash = key.slice(key.lastIndexOf(':') + 1);
        const asked = told.get(hash);
        told.delete(hash);
        if (known || !asked) return known;
        const document = readValid(asked.source, options);
        if (!document || !asked.mayBeKept) return document;
        if (seen.has(hash)) await kept.set(key, document);
        else seen.add(hash);
        return document;
      },
      set: () => Promise.resolve(),
      delete: (key) => kept.delete(key),
    },
    plugin: {
      async requestDidStart() {
        return {
          async didResolveSource({ queryHash, source, contextValue }) {
            if (told.size >= MAX_TOLD) told.clear();
            told.set(queryHash, { source, mayBeKept: contextValue.credential.hasSucceeded });
          },
        };
      },
    },
  };
}
