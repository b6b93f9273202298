import { createContext, useContext } from 'react';
import type { Client } from 'urql';
import { createChangeSignal, type ChangeSignal } from './change-signal.js';
import { createLiveFeed, type CustomerEvent, type LiveFeed } from './live-feed.js';
import { createNotices, type Notices } from './notices.js';

/** What lives as long as the page. */
export interface Services {
  live: LiveFeed;
  changes: ChangeSignal;
  notices: Notices;
}

/** Many events within this time are one reason to read again. */
const QUIET_MS = 500;
const NOTICE_MS = 7_000;

function toText({ type, customerId, customer }: CustomerEvent): string {
  const name = customer?.companyName ?? `Customer ${customerId}`;
  return { CREATED: `${name} is new.`, UPDATED: `${name} was changed.`, DELETED: `${name} was deleted.` }[type];
}

export function createServices(client: Client): Services {
  const services = {
    live: createLiveFeed(client),
    changes: createChangeSignal(QUIET_MS),
    notices: createNotices(NOTICE_MS),
  };
  services.live.onEvent((event) => {
    services.changes.raise();
    services.notices.show({ customerId: event.customerId, text: toText(event), isOwn: false });
  });
  services.live.onReturn(() => services.changes.raise());
  return services;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('services are used outside of their provider');
  return services;
}
