import { OperationTypeNode } from 'graphql';
import { GatewayError } from '../../errors/gateway-error.js';
import { hasConditionalRoot } from '../limits/has-conditional-root.js';
import type { OperationRule } from '../operation-rule.js';

const misplaced = (message: string): GatewayError => new GatewayError('BAD_REQUEST', message, { httpStatus: 400 });

const CONDITIONAL_ROOT = 'The root field of a subscription must not depend on @skip or @include.';

/** Keeps subscriptions off plain requests, and other operations off streams. A subscription has one root field, always. */
export const transport: OperationRule = {
  name: 'transport',
  checkDocument(document) {
    if (!hasConditionalRoot(document)) return;
    throw new GatewayError('GRAPHQL_VALIDATION_FAILED', CONDITIONAL_ROOT, { httpStatus: 400 });
  },
  checkRequest({ context: { customerChanges } }, { definition }) {
    const isStream = customerChanges !== undefined;
    const isSubscription = definition.operation === OperationTypeNode.SUBSCRIPTION;
    if (isSubscription && !isStream)
      throw misplaced(
        'Subscriptions take a WebSocket, or `Accept: text/event-stream` or `multipart/mixed;subscriptionSpec=1.0`.',
      );
    if (isStream && !isSubscription) throw misplaced('Queries and mutations go to /graphql by HTTP.');
  },
};
