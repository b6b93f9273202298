import { ApiFailure } from '../http/errors.js';
import { TENANT_EVENT_NAMES } from '../store/event-types.js';
import type { BodyReader } from './body-reader.js';

/** The members which creating and changing a webhook have in common, all optional here. */
export interface WebhookFields {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly secret: string | undefined;
  readonly isEnabled: boolean | undefined;
  readonly eventTypeNames: readonly string[] | undefined;
}

const MAX_NAME_LENGTH = 150;

export function readWebhookFields(body: BodyReader): WebhookFields {
  // The example event it asks for would be delivered to the URL; the sandbox delivers nothing.
  body.boolean('triggerExampleEvent');
  return {
    name: body.text('name', { maxLength: MAX_NAME_LENGTH }),
    url: checkUrl(body.text('url', { maxLength: 2_048 })),
    secret: body.text('secret'),
    isEnabled: body.boolean('isEnabled'),
    eventTypeNames: checkEventTypes(body.texts('eventTypeNames')),
  };
}

function checkUrl(url: string | undefined): string | undefined {
  if (url !== undefined && (!URL.canParse(url) || new URL(url).protocol !== 'https:')) {
    throw new ApiFailure('invalidUrl');
  }
  return url;
}

function checkEventTypes(names: readonly string[] | undefined): readonly string[] | undefined {
  const isKnown = names === undefined || (names.length > 0 && names.every((name) => TENANT_EVENT_NAMES.includes(name)));
  if (!isKnown) throw new ApiFailure('invalidEventType');
  return names === undefined ? undefined : [...new Set(names)];
}
