import type { CustomerQuery } from '../gql/graphql.js';
import { formatCount } from '../format/count.js';
import { Tabs } from '../ui/tabs.js';
import { AttributesTab } from './attributes-tab.js';
import { CustomerFacts } from './customer-facts.js';
import { CustomerFigures } from './customer-figures.js';
import { CustomerHeader } from './customer-header.js';
import { UsersTab } from './users-tab.js';
import { WebhooksTab } from './webhooks-tab.js';

export function CustomerDetail({ customer }: { customer: NonNullable<CustomerQuery['customer']> }) {
  const { id } = customer;
  const attributes = customer.customerAttributes?.items ?? [];
  const counted = (label: string, count: number) => (
    <>
      {label} <span className="tab-count">{formatCount(count)}</span>
    </>
  );
  return (
    <>
      <CustomerHeader customer={customer} />
      <CustomerFigures customer={customer} />
      <CustomerFacts customer={customer} />
      <Tabs
        label="More about this customer"
        tabs={[
          { key: 'users', label: counted('Users', customer.userUsed), content: () => <UsersTab customerId={id} /> },
          {
            key: 'attributes',
            label: counted('Attributes', attributes.length),
            content: () => <AttributesTab customerId={id} attributes={attributes} />,
          },
          { key: 'webhooks', label: 'Webhooks', content: () => <WebhooksTab /> },
        ]}
      />
    </>
  );
}
