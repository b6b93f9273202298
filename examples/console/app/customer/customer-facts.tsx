import { formatCount } from '../format/count.js';
import { formatInstant } from '../format/dates.js';
import type { CustomerQuery } from '../gql/graphql.js';

const instant = (value: string | null, otherwise: string): string =>
  value === null ? otherwise : formatInstant(value);

/** The rest of what is known, as it is. */
export function CustomerFacts({ customer }: { customer: NonNullable<CustomerQuery['customer']> }) {
  const { webhooksMax } = customer;
  const facts: [string, string][] = [
    ['Created', formatInstant(customer.createdAt)],
    ['Last change', instant(customer.updatedAt, 'Never')],
    ['Last login', instant(customer.lastLoginAt, 'Never')],
    ['Webhooks allowed', webhooksMax === null ? 'Not set' : formatCount(webhooksMax)],
    ['Your own id', customer.providerCustomerId ?? 'None'],
    ['Id', customer.id],
    ['UUID', customer.customerUuid],
  ];
  return (
    <dl className="panel facts">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
