import { Kind, OperationTypeNode } from 'graphql';
import { isRecord } from '../../json/parse-json.js';
import type { OperationRule } from '../operation-rule.js';

const CUSTOMERS = 'customers';
const BY_UUID = 'customers-by-uuid';
const ofCustomer = (key: unknown): string => `customer-${String(key).toLowerCase()}`;

/** Tags of all responses that an event makes old. A customer whose UUID is not known is in all those that were asked for by UUID. */
export const tagsOfEvent = ({ customerId, customerUuid }: { customerId: string; customerUuid?: string }): string[] => [
  CUSTOMERS,
  ofCustomer(customerId),
  customerUuid === undefined ? BY_UUID : ofCustomer(customerUuid),
];

/** Tags of one entity that a router asks for: `{ __typename: 'Customer', id: 5 }` → `customer-5` */
function tagsOfEntity(representation: unknown): string[] {
  if (!isRecord(representation) || representation['__typename'] !== 'Customer') return [];
  const { id, customerUuid } = representation;
  return [
    ...(id == null ? [] : [ofCustomer(id)]),
    ...(customerUuid == null ? [] : [ofCustomer(customerUuid), BY_UUID]),
  ];
}

/**
 * Tags responses for the response cache of Apollo Router, by the extensions that it reads: those of each entity in the order of the
 * representations, and one for everything else.
 */
export const routerCache: OperationRule = {
  name: 'router cache',
  describe({ request, operation, wasExecuted }, { extensions }) {
    if (!wasExecuted || operation?.definition.operation !== OperationTypeNode.QUERY) return;
    const fields = operation.definition.selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.FIELD ? [selection] : [],
    );
    const [entities] = fields.filter(({ name }) => name.value === '_entities');
    if (!entities) {
      extensions['apolloCacheTags'] = [CUSTOMERS];
      return;
    }
    const argument = entities.arguments?.find(({ name }) => name.value === 'representations')?.value;
    const given = argument?.kind === Kind.VARIABLE ? request.variables[argument.name.value] : undefined;
    if (Array.isArray(given)) extensions['apolloEntityCacheTags'] = given.map(tagsOfEntity);
  },
};
