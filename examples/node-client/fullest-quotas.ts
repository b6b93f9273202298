import { allCustomers, type CustomerQuota } from './all-customers.js';

/**
 * Prints the ten customers whose quotas are fullest.
 *
 *     npm run example -- http://127.0.0.1:4000/graphql YOUR-TOKEN
 */
const [url = 'http://127.0.0.1:4000/graphql', token = process.env['DRACOON_TOKEN']] = process.argv.slice(2);

const GIBIBYTE = 2 ** 30;

/** Share in use, from 0 to 1 and beyond; unlimited quotas are never full. Large values come as strings. */
function fullness({ quotaUsed, quotaMax }: CustomerQuota): number {
  return Number(quotaMax) > 0 ? Number(quotaUsed) / Number(quotaMax) : 0;
}

const fullest: CustomerQuota[] = [];
let count = 0;
for await (const customer of allCustomers({ url, token })) {
  count += 1;
  fullest.push(customer);
  fullest.sort((a, b) => fullness(b) - fullness(a)).splice(10);
}

console.log(`The ten fullest quotas of ${count} customers:\n`);
for (const customer of fullest) {
  const percent = `${(fullness(customer) * 100).toFixed(1)} %`.padStart(8);
  const size = `${(Number(customer.quotaMax) / GIBIBYTE).toFixed(1)} GiB`.padStart(16);
  console.log(`${percent} of ${size}  ${customer.companyName} (${customer.id})`);
}
