import type { GraphQLSchema } from 'graphql';
import type { Change } from './change.js';
import { compareDocuments } from './compare-documents.js';
import { coordinatesOf } from './coordinates.js';
import type { OpenApiDocument } from './open-api.js';

export interface DriftEntry extends Omit<Change, 'canBreak' | 'subject'> {
  /** Whether the gateway uses what vanished or changed. */
  breaks: boolean;
  /** Schema coordinates that rest on it. */
  touches: readonly string[];
}

/** Each entry once: what several operations use breaks if it does in one of them. */
function once(entries: readonly DriftEntry[]): DriftEntry[] {
  const found = new Map<string, DriftEntry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.kind, entry.what, entry.from, entry.to]);
    const { breaks = false, touches = [] } = found.get(key) ?? {};
    found.set(key, {
      ...entry,
      breaks: breaks || entry.breaks,
      touches: [...new Set([...touches, ...entry.touches])],
    });
  }
  return [...found.values()];
}

/** What a newer document means for the gateway, what breaks first. @throws Error if the two cannot be compared */
export function toDrift(ours: OpenApiDocument, theirs: OpenApiDocument, graph: GraphQLSchema): DriftEntry[] {
  const entries = once(
    compareDocuments(ours, theirs).map(({ canBreak, subject, ...change }) => {
      const touches = coordinatesOf(subject, graph);
      return { ...change, breaks: canBreak && touches.length > 0, touches };
    }),
  );
  return [...entries.filter(({ breaks }) => breaks), ...entries.filter(({ breaks }) => !breaks)];
}

const toLine = ({ kind, what, from, to, touches }: DriftEntry): string => {
  const change = from === undefined ? '' : `: ${from} -> ${to ?? ''}`;
  return `  ${kind.padEnd(8)}  ${what}${change}${touches.length > 0 ? `  [${touches.join(', ')}]` : ''}`;
};

/** The entries as text, each with what it touches in brackets. */
export function toDriftText(entries: readonly DriftEntry[]): string {
  if (entries.length === 0) return 'There is no drift.';
  const [breaking, harmless] = [true, false].map((breaks) => entries.filter((entry) => entry.breaks === breaks));
  const part = (title: string, some: readonly DriftEntry[] = []): string[] =>
    some.length > 0 ? [`${title} (${some.length}):`, ...some.map(toLine)] : [];
  return [...part('The gateway uses these', breaking), ...part('The gateway is not affected by these', harmless)].join(
    '\n',
  );
}
