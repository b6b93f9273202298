import { Kind, visit, type ASTNode } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import type { OperationRule, ParsedOperation } from '../operation-rule.js';

// eslint-disable-next-line no-control-regex -- control characters are exactly what is rejected
const UNSAFE = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function isUnsafe(text: string): boolean {
  return UNSAFE.test(text);
}

/** Path of the first unsafe text below `value`: `{ input: { name: '\u0007' } }` → `['input', 'name']`. */
function unsafePath(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return isUnsafe(value) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key in value) {
    const found = unsafePath((value as Record<string, unknown>)[key]);
    if (found) return [key, ...found];
  }
  return undefined;
}

function nameOf(node: ASTNode | readonly ASTNode[] | undefined): string | undefined {
  return node && 'kind' in node && (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD)
    ? node.name.value
    : undefined;
}

/** Without an escape or a block string, a document can't hold such a text. */
const CAN_HOLD_ANY_TEXT = /\\|"""/;

/** Name of the argument or input field of the first unsafe text written into a document. */
function unsafeArgument({ document, source }: ParsedOperation): string | undefined {
  if (!CAN_HOLD_ANY_TEXT.test(source)) return undefined;
  let argument: string | undefined;
  visit(document, {
    StringValue(node, _key, parent, _path, ancestors) {
      if (argument === undefined && isUnsafe(node.value)) {
        argument = [...ancestors, parent].map(nameOf).findLast((name) => name !== undefined) ?? 'value';
      }
    },
  });
  return argument;
}

function rejectUnsafe(argument: string | undefined): void {
  if (argument === undefined) return;
  throw new GatewayError('BAD_USER_INPUT', `${argument} must not hold control characters or unpaired surrogates.`, {
    extensions: { argument },
    httpStatus: 400,
  });
}

/** No text with control characters or halves of a character goes upstream, from wherever in an operation it comes. */
export const unsafeText: OperationRule = {
  name: 'unsafe text',
  checkOperation(operation) {
    rejectUnsafe(unsafeArgument(operation));
    return undefined;
  },
  checkRequest: ({ variables }) => rejectUnsafe(unsafePath(variables)?.join('.')),
};
