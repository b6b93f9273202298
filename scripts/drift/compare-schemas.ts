import type { Change, Direction, Subject } from './change.js';
import { nameOf, type OpenApiDocument, type Schema } from './open-api.js';
import { toPlain, type PlainSchema } from './plain-schema.js';

/** Two documents, and which way what is compared travels. */
export interface Side {
  ours: OpenApiDocument;
  theirs: OpenApiDocument;
  direction: Direction;
  /** Pairs that are compared already, as schemas may hold themselves. */
  seen: Set<string>;
}

const need = (isRequired: boolean): string => (isRequired ? 'required' : 'optional');

/** `required` matters to who writes, its end to who reads. */
const mattersIn = (direction: Direction, isRequired: boolean): boolean =>
  direction === 'request' ? isRequired : !isRequired;

function compareValues(side: Side, what: string, subject: Subject, ours: PlainSchema, theirs: PlainSchema): Change[] {
  if (!ours.values || !theirs.values) return [];
  const [before, after] = [ours.values, theirs.values];
  return [
    ...before
      .filter((value) => !after.includes(value))
      .map((value): Change => {
        return { kind: 'vanished', what: `value ${value} of ${what}`, subject, canBreak: side.direction === 'request' };
      }),
    // A reader that holds answers to the list refuses what is new in it.
    ...after
      .filter((value) => !before.includes(value))
      .map((value): Change => {
        return { kind: 'appeared', what: `value ${value} of ${what}`, subject, canBreak: side.direction === 'answer' };
      }),
  ];
}

function compareProperty(
  side: Side,
  schema: string,
  property: string,
  ours: PlainSchema,
  theirs: PlainSchema,
): Change[] {
  const subject = { schema, property, direction: side.direction };
  const what = `${schema}.${property}`;
  const [before, after] = [ours.properties.get(property), theirs.properties.get(property)];
  const isRequired = theirs.required.has(property);
  // The gateway knows servers without what was first seen after the reference version.
  if (!after) return [{ kind: 'vanished', what, subject, canBreak: before?.['x-first-seen'] === undefined }];
  if (!before) {
    const canBreak = side.direction === 'request' && isRequired;
    return [{ kind: 'appeared', what: isRequired ? `required ${what}` : what, subject, canBreak }];
  }
  const changes = compareSchemas(side, what, subject, before, after);
  if (ours.required.has(property) === isRequired) return changes;
  const [from, to] = [need(!isRequired), need(isRequired)];
  const canBreak = mattersIn(side.direction, isRequired);
  return [{ kind: 'changed', what, from, to, subject, canBreak }, ...changes];
}

/** The differences of two schemas and of all below them; `place` names ours if it has no name of its own. */
export function compareSchemas(side: Side, place: string, subject: Subject, before: Schema, after: Schema): Change[] {
  const name = nameOf(before) ?? place;
  const pair = JSON.stringify([side.direction, name, nameOf(after) ?? place]);
  const [ours, theirs] = [toPlain(side.ours, before), toPlain(side.theirs, after)];
  const changes: Change[] = [];
  if (ours.type !== theirs.type) {
    changes.push({ kind: 'changed', what: place, from: ours.type, to: theirs.type, subject, canBreak: true });
  }
  if (!ours.isDeprecated && theirs.isDeprecated) {
    changes.push({ kind: 'changed', what: place, from: 'current', to: 'deprecated', subject, canBreak: false });
  }
  changes.push(...compareValues(side, place, subject, ours, theirs));
  if (ours.type !== theirs.type) return changes;
  if (ours.items && theirs.items) changes.push(...compareSchemas(side, place, subject, ours.items, theirs.items));
  if (side.seen.has(pair)) return changes;
  side.seen.add(pair);
  const properties = new Set([...ours.properties.keys(), ...theirs.properties.keys()]);
  for (const property of properties) {
    changes.push(...compareProperty(side, name, property, ours, theirs));
  }
  return changes;
}
