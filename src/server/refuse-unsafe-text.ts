import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, visit, type ASTNode, type DocumentNode } from 'graphql';
import { GatewayError } from '../errors/gateway-error.js';
import type { OperationContext } from './operation-context.js';

// eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
const UNSAFE = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text holds a control character or half of a surrogate pair. */
export function isUnsafe(text: string): boolean {
  return UNSAFE.test(text);
}

/** Path of the first text below `value` that holds a control character or half of a surrogate pair. */
function unsafePath(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return isUnsafe(value) ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const found = unsafePath(part);
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
const MAY_HOLD_ANY_TEXT = /\\|"""/;

/** Name of the argument or input field of the first such text written into a document. */
function unsafeArgument(document: DocumentNode, source: string): string | undefined {
  if (!MAY_HOLD_ANY_TEXT.test(source)) return undefined;
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

/** No text with control characters or halves of a character goes upstream, from wherever in an operation it comes. */
export const refuseUnsafeText: ApolloServerPlugin<OperationContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, source, request }) {
        const argument = unsafePath(request.variables)?.join('.') ?? unsafeArgument(document, source);
        if (argument === undefined) return;
        throw new GatewayError(
          'BAD_USER_INPUT',
          `${argument} must not hold control characters or unpaired surrogates.`,
          {
            extensions: { argument },
            httpStatus: 400,
          },
        );
      },
    };
  },
};
