import { Figure } from '../customer/figure.js';
import { BYTE_UNITS, bytesOf, formatBytes, type ByteUnit } from '../format/bytes.js';
import { countOf, formatCount } from '../format/count.js';
import { CONTRACT_NAMES } from '../ui/contract-badge.js';
import { BarChart } from './bar-chart.js';
import type { Overview } from './summarize.js';

interface OverviewProps {
  overview: Overview;
}

const CONTRACTS = ['PAY', 'FREE', 'DEMO'] as const;

/** Sold and used, of all customers. */
export function OverviewFigures({ overview: { all } }: OverviewProps) {
  return (
    <div className="figures">
      <Figure
        title="Storage"
        used={formatBytes(all.quotaUsed)}
        limit={`of ${formatBytes(all.quotaMax)} sold`}
        amounts={[all.quotaUsed, all.quotaMax]}
        note={
          all.unlimited === 0
            ? 'All customers have a limit.'
            : `Besides, ${countOf(all.unlimited, 'customer')} without a limit: ${formatBytes(all.unlimitedUsed)}.`
        }
      />
      <Figure
        title="Users"
        used={formatCount(all.userUsed)}
        limit={`of ${formatCount(all.userMax)} sold`}
        amounts={[BigInt(all.userUsed), BigInt(all.userMax)]}
        note={`Of ${countOf(all.customers, 'customer')}.`}
      />
    </div>
  );
}

export function ContractChart({ overview: { byContract } }: OverviewProps) {
  return (
    <BarChart
      title="Customers by contract"
      columns={['Contract', 'Customers']}
      unit=""
      bars={CONTRACTS.map((contract) => {
        const { customers } = byContract[contract];
        return { label: CONTRACT_NAMES[contract], value: customers, texts: [formatCount(customers)] };
      })}
    />
  );
}

/** `1536` in KiB → 1.5 */
const inUnit = (bytes: bigint, unit: ByteUnit): number => Number((bytes * 1_000_000n) / bytesOf(unit)) / 1_000_000;

export function StorageChart({ overview: { byContract } }: OverviewProps) {
  const largest = CONTRACTS.flatMap((contract) => [byContract[contract].quotaMax, byContract[contract].quotaUsed]);
  const unit = BYTE_UNITS.findLast((candidate) => largest.some((bytes) => bytes >= bytesOf(candidate))) ?? 'bytes';
  return (
    <BarChart
      title="Storage used and sold"
      columns={['Contract', 'Used', 'Sold']}
      unit={unit}
      bars={CONTRACTS.map((contract) => {
        const { quotaUsed, quotaMax } = byContract[contract];
        return {
          label: CONTRACT_NAMES[contract],
          value: inUnit(quotaUsed, unit),
          whole: inUnit(quotaMax, unit),
          texts: [formatBytes(quotaUsed), formatBytes(quotaMax)],
        };
      })}
    />
  );
}

export function UsersChart({ overview: { byContract } }: OverviewProps) {
  return (
    <BarChart
      title="Users used and sold"
      columns={['Contract', 'Used', 'Sold']}
      unit=""
      bars={CONTRACTS.map((contract) => {
        const { userUsed, userMax } = byContract[contract];
        const texts = [formatCount(userUsed), formatCount(userMax)];
        return { label: CONTRACT_NAMES[contract], value: userUsed, whole: userMax, texts };
      })}
    />
  );
}
