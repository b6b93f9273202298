import { follow } from './follow.js';
import { graphql } from './gql/gql.js';

/**
 * Prints what happens to customers, and how full their quotas are then, until it is stopped.
 *
 *     npm run example:live -- http://127.0.0.1:4000/graphql YOUR-TOKEN
 */
const [url = 'http://127.0.0.1:4000/graphql', token = process.env['DRACOON_TOKEN']] = process.argv.slice(2);

const LIVE_QUOTAS = graphql(`
  subscription LiveQuotas($after: String) {
    customerEvents(after: $after) {
      cursor
      type
      customerId
      customer {
        companyName
        quotaMax
        quotaUsed
      }
    }
  }
`);

const onConnected = (): void => console.log(`Connected to ${url}. Change a customer to see it here.`);

// Sent each time that the client connects: behind the last event, so that none is missed.
const variables: { after?: string } = {};
for await (const { customerEvents } of follow({ url, token, onConnected }, LIVE_QUOTAS, variables)) {
  const { cursor, type, customerId, customer } = customerEvents;
  if (cursor) variables.after = cursor;
  const share = customer && Number(customer.quotaMax) > 0 ? Number(customer.quotaUsed) / Number(customer.quotaMax) : 0;
  const state = customer ? `${customer.companyName}, ${(share * 100).toFixed(1)} % of its quota in use` : '';
  console.log(`${type} ${customerId} ${state}`.trim());
}
