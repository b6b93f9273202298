export interface Invoice {
  number: string;
  /** In cents. */
  total: number;
  dueOn: string;
  isPaid: boolean;
  customerId: string;
}

const CUSTOMERS = 20;
const INVOICES = 60;

function toInvoice(index: number): Invoice {
  const sequence = INVOICES - index;
  return {
    number: `2026-${String(sequence).padStart(4, '0')}`,
    total: 9_900 + ((sequence * 7_919) % 50_000),
    dueOn: new Date(Date.UTC(2026, 0, sequence)).toISOString().slice(0, 10),
    isPaid: sequence % 3 !== 0,
    customerId: String((index % CUSTOMERS) + 1),
  };
}

/** Made-up invoices of the sandbox's first customers, the newest first. */
export const INVOICES_BY_DATE: readonly Invoice[] = Array.from({ length: INVOICES }, (_, index) => toInvoice(index));
