import { ContractViolation } from '../errors/contract-violation.js';
import type { CustomerRecord } from '../loaders/outcomes.js';
import type { Answer } from '../records/answer.js';

type Properties = Partial<Omit<CustomerRecord, keyof Answer>>;

/** A customer after a write: what the answer told of it. Everything else is read again where it is selected. */
export interface WrittenCustomer {
  /** Undefined if the answer named no id; then `known.customerUuid` finds it. */
  id: string | undefined;
  known: Properties;
}

/**
 * Keeps of a write's answer the properties that Customer has too and that hold a sound value.
 * An absent optional property is not known to be null: write answers carry fewer properties than reads. Where the answer
 * is about another customer than `id`, nothing of it is kept.
 */
export function toWrittenCustomer(
  answer: (Answer & { readonly id?: unknown }) | undefined,
  id?: string,
): WrittenCustomer {
  const isAnother = id !== undefined && typeof answer?.id === 'string' && answer.id !== id;
  if (isAnother) return { id, known: { id } };
  const known: Properties = Object.fromEntries(
    (answer?.properties() ?? []).filter(([, value]) => value !== null && !(value instanceof ContractViolation)),
  );
  const knownId = id ?? (typeof known.id === 'string' ? known.id : undefined);
  return { id: knownId, known: knownId === undefined ? known : { ...known, id: knownId } };
}
