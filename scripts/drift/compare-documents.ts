import type { Change, Subject } from './change.js';
import { compareSchemas, type Side } from './compare-schemas.js';
import { bodyOf, operationsOf, resolve, type OpenApiDocument, type Operation, type Parameter } from './open-api.js';

type Documents = Omit<Side, 'direction'>;

/** Operations that the gateway could come to use; a server's document has hundreds of others. */
const OURS = /^[A-Z]+ \/v4\/provisioning\//;

const isSuccess = (status: string): boolean => /^2/.test(status);

function parametersOf(document: OpenApiDocument, { parameters = [] }: Operation): Map<string, Parameter> {
  const resolved = parameters.map((parameter) => resolve(document, parameter));
  // The place of path parameters is compared with the path; header names know no case.
  return new Map(
    resolved
      .filter((parameter) => parameter.in !== 'path')
      .map((parameter) => {
        const name = parameter.name ?? '';
        return [`${parameter.in ?? ''} ${parameter.in === 'header' ? name.toLowerCase() : name}`, parameter];
      }),
  );
}

function compareParameters(
  docs: Documents,
  key: string,
  subject: Subject,
  ours: Operation,
  theirs: Operation,
): Change[] {
  const before = parametersOf(docs.ours, ours);
  const after = parametersOf(docs.theirs, theirs);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id): Change[] => {
    const what = `parameter ${id} of ${key}`;
    const [was, is] = [before.get(id), after.get(id)];
    const [wasRequired, isRequired] = [was?.required ?? false, is?.required ?? false];
    if (!is) return [{ kind: 'vanished', what, subject, canBreak: true }];
    if (!was) {
      return [{ kind: 'appeared', what: isRequired ? `required ${what}` : what, subject, canBreak: isRequired }];
    }
    const [from, to] = [wasRequired ? 'required' : 'optional', isRequired ? 'required' : 'optional'];
    return [
      ...(from === to ? [] : [{ kind: 'changed', what, from, to, subject, canBreak: isRequired } as const]),
      ...compareSchemas({ ...docs, direction: 'request' }, what, subject, was.schema ?? {}, is.schema ?? {}),
      ...compareDeprecation(what, subject, was, is),
    ];
  });
}

function compareDeprecation(
  what: string,
  subject: Subject,
  was: { deprecated?: boolean },
  is: { deprecated?: boolean },
): Change[] {
  if (was.deprecated === true || is.deprecated !== true) return [];
  return [{ kind: 'changed', what, from: 'current', to: 'deprecated', subject, canBreak: false }];
}

type Contents = NonNullable<Operation['responses']>[string] | undefined;

function compareBodies(side: Side, what: string, subject: Subject, ours: Contents, theirs: Contents): Change[] {
  const [before, after] = [bodyOf(side.ours, ours), bodyOf(side.theirs, theirs)];
  if (before && after) return compareSchemas(side, what, subject, before, after);
  if (!before && !after) return [];
  const [from, to] = before ? ['a body', 'none'] : ['no body', 'one'];
  return [{ kind: 'changed', what, from, to, subject, canBreak: before !== undefined || side.direction === 'request' }];
}

function compareAnswers(docs: Documents, key: string, subject: Subject, ours: Operation, theirs: Operation): Change[] {
  const statuses = new Set([...Object.keys(ours.responses ?? {}), ...Object.keys(theirs.responses ?? {})]);
  const hasCommon = [...statuses].some(
    (status) => isSuccess(status) && ours.responses?.[status] && theirs.responses?.[status],
  );
  return [...statuses].filter(isSuccess).flatMap((status): Change[] => {
    const what = `answer ${status} of ${key}`;
    const [before, after] = [ours.responses?.[status], theirs.responses?.[status]];
    // The gateway takes any of the statuses that our document has.
    if (!after) return [{ kind: 'vanished', what, subject, canBreak: !hasCommon }];
    if (!before) return [{ kind: 'appeared', what, subject, canBreak: false }];
    return compareBodies({ ...docs, direction: 'answer' }, what, subject, before, after);
  });
}

function compareOperation(docs: Documents, key: string, ours: Operation, theirs: Operation): Change[] {
  const subject = { operationId: ours.operationId ?? key };
  return [
    ...compareDeprecation(key, subject, ours, theirs),
    ...compareParameters(docs, key, subject, ours, theirs),
    ...compareBodies(
      { ...docs, direction: 'request' },
      `request body of ${key}`,
      subject,
      ours.requestBody,
      theirs.requestBody,
    ),
    ...compareAnswers(docs, key, subject, ours, theirs),
  ];
}

/**
 * What is different in `theirs`, in the operations that `ours` has, and which operations of the provisioning API are new.
 * Schemas are compared where operations use them, whatever their names; error answers and descriptions are not. A schema
 * that several operations use may tell the same change several times.
 * @throws Error if a reference of one of them leads nowhere
 */
export function compareDocuments(ours: OpenApiDocument, theirs: OpenApiDocument): Change[] {
  const docs = { ours, theirs, seen: new Set<string>() };
  const [before, after] = [operationsOf(ours), operationsOf(theirs)];
  const gone = [...before].flatMap(([key, operation]): Change[] => {
    const other = after.get(key);
    if (other) return compareOperation(docs, key, operation, other);
    const subject = { operationId: operation.operationId ?? key };
    return [{ kind: 'vanished', what: `operation ${key}`, subject, canBreak: true }];
  });
  const added = [...after.keys()]
    .filter((key) => OURS.test(key) && !before.has(key))
    .map((key): Change => {
      const subject = { operationId: after.get(key)?.operationId ?? key };
      return { kind: 'appeared', what: `operation ${key}`, subject, canBreak: false };
    });
  return [...gone, ...added];
}
