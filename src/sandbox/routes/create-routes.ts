import type { Route } from '../http/route.js';
import type { SandboxSettings } from '../settings.js';
import { createCustomerAttributesRoutes } from './customer-attributes-routes.js';
import { createCustomersRoutes } from './customers-routes.js';
import { createPublicRoutes } from './public-routes.js';
import { createUsersRoutes } from './users-routes.js';
import { createWebhooksRoutes } from './webhooks-routes.js';

/** All operations of the API. */
export function createRoutes(settings: SandboxSettings): Route[] {
  return [
    ...createCustomersRoutes(settings),
    ...createCustomerAttributesRoutes(settings),
    ...createUsersRoutes(settings),
    ...createWebhooksRoutes(settings),
    ...createPublicRoutes(),
  ];
}
