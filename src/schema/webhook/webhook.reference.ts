import { isAnswered, type EntityReference } from '../federation/entity-reference.js';
import { idKey, missingKey } from '../federation/representation.js';

const ANSWERED_BY_ID = new Set(['__typename', 'id']);

/** A webhook by its id. */
export const resolveWebhookReference: EntityReference = async (representation, selected, loaders) => {
  const id = idKey(representation);
  if (id === undefined) throw missingKey(representation, 'id');
  return isAnswered(selected, ANSWERED_BY_ID) ? { __typename: 'Webhook', id } : loaders.webhookById.load(id);
};
