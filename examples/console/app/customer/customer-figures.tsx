import { formatBytes, formatExactBytes } from '../format/bytes.js';
import { countOf, formatCount } from '../format/count.js';
import { toBigInt, UNLIMITED } from '../format/long.js';
import type { CustomerQuery } from '../gql/graphql.js';
import { Figure } from './figure.js';

/** The limits of a contract and how much of them is used, to the last byte. */
export function CustomerFigures({ customer }: { customer: NonNullable<CustomerQuery['customer']> }) {
  const { userUsed, userMax, cntInternalUser, cntGuestUser } = customer;
  const [used, max] = [toBigInt(customer.quotaUsed), toBigInt(customer.quotaMax)];
  const isUnlimited = max === UNLIMITED;
  return (
    <div className="figures">
      <Figure
        title="Storage"
        used={formatBytes(used)}
        limit={isUnlimited ? 'no limit' : `of ${formatBytes(max)}`}
        amounts={[used, max]}
        note={isUnlimited ? formatExactBytes(used) : `${formatCount(String(used))} of ${formatExactBytes(max)}`}
      />
      <Figure
        title="Users"
        used={formatCount(userUsed)}
        limit={`of ${formatCount(userMax)}`}
        amounts={[BigInt(userUsed), BigInt(userMax)]}
        note={`${formatCount(cntInternalUser)} internal, ${countOf(cntGuestUser, 'guest')}`}
      />
    </div>
  );
}
