import { attributeKeySegment, idSegment } from '../path-params.js';

export const CUSTOMERS = '/v4/provisioning/customers';
export const WEBHOOKS = '/v4/provisioning/webhooks';

export const customerPath = (id: string): string => `${CUSTOMERS}/${idSegment(id)}`;
export const attributesPath = (customerId: string): string => `${customerPath(customerId)}/customerAttributes`;
export const attributePath = (customerId: string, key: string): string =>
  `${attributesPath(customerId)}/${attributeKeySegment(key)}`;
export const webhookPath = (id: string): string => `${WEBHOOKS}/${idSegment(id)}`;
