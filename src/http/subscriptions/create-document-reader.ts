import { parse, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Documents that are kept parsed, by the length of their texts: parsed they take some 85 times as much, 11 MB. */
const MAX_TEXT = 128 * 1024;

/** Returns a reader of texts that are known to be sound documents. It keeps those parsed that were read last. */
export function createDocumentReader(): (text: string) => DocumentNode {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_TEXT,
    sizeCalculation: (_document, text) => text.length,
  });
  return (text) => {
    const known = documents.get(text);
    if (known) return known;
    const document = parse(text);
    documents.set(text, document);
    return document;
  };
}
