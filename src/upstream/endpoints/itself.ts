import { ContractViolation } from '../../errors/contract-violation.js';

/** A customer or webhook that was asked for by its id. @throws ContractViolation where it is another one */
export function itself<T extends { id: unknown }>(answer: T, id: string, place: string): T {
  if (typeof answer.id === 'string' && answer.id !== id) throw new ContractViolation(place, 'not the one asked for');
  return answer;
}
