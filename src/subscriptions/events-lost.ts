import { GatewayError } from '../errors/gateway-error.js';

/** Stands in the place of events that a subscriber has missed and cannot receive any more. */
export class EventsLost extends GatewayError {
  /** As a change has them, to be shared and sent like one. */
  readonly id = 'events lost';
  readonly cursor = undefined;
  readonly customer = undefined;

  constructor() {
    super(
      'EVENTS_LOST',
      'Events after this cursor may be missing, as it is not kept any more. Read again what you show; later events follow.',
      { extensions: { argument: 'after' } },
    );
  }
}
