import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';

export type OperationKind = 'single' | 'list' | 'create';

/** One request of the load. Undisturbed, a read costs one upstream GET and a create one POST. */
export interface Operation {
  readonly kind: OperationKind;
  readonly token: string;
  readonly body: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };
  /** Whether the answer's `data` is what was asked for. */
  readonly accepts: (data: AnswerData) => boolean;
}

/** `data` as far as any of the operations selects it. */
export interface AnswerData {
  readonly customer?: { readonly id: string } | null;
  readonly customers?: { readonly nodes: readonly { readonly id: string }[] } | null;
  readonly createCustomer?: { readonly customer: { readonly companyName: string } | null } | null;
}

const SINGLE = 'query Single($id: ID!) { customer(id: $id) { id companyName quotaMax quotaUsed isLocked createdAt } }';
const LIST =
  'query List($first: Int!, $offset: Int!) { customers(first: $first, offset: $offset) { totalCount nodes { id companyName quotaUsed } } }';
const CREATE =
  'mutation Create($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id companyName } userErrors { code } } }';

/** 60 % single reads, 20 % lists, 20 % creates. */
const MIX: readonly OperationKind[] = ['single', 'single', 'list', 'single', 'create'];
const SINGLE_IDS = 1_000;
const FIRSTS = 40;
const OFFSETS = 17;

/**
 * The endless sequence of the load's operations. Neighbours differ, so that no read is answered by joining another.
 * `name` makes the names of the created customers unique.
 */
export function createOperations(name: string): (listToken: string) => Operation {
  let count = 0;

  const single = (): Operation => {
    const id = String(1 + (count % SINGLE_IDS));
    return {
      kind: 'single',
      token: SANDBOX_TOKENS.first,
      body: { query: SINGLE, variables: { id } },
      accepts: ({ customer }) => customer?.id === id,
    };
  };
  const list = (token: string): Operation => ({
    kind: 'list',
    token,
    body: {
      query: LIST,
      variables: { first: 1 + (count % FIRSTS), offset: Math.floor(count / FIRSTS) % OFFSETS },
    },
    accepts: ({ customers }) => (customers?.nodes.length ?? 0) > 0,
  });
  const create = (): Operation => {
    const companyName = `${name} ${count}`;
    const firstAdminUser = { firstName: 'Ada', lastName: 'Berg', email: `ada-${count}@example.com` };
    const input = { customerContractType: 'FREE', quotaMax: 1_048_576, userMax: 5, companyName, firstAdminUser };
    return {
      kind: 'create',
      token: SANDBOX_TOKENS.first,
      body: { query: CREATE, variables: { input } },
      accepts: ({ createCustomer }) => createCustomer?.customer?.companyName === companyName,
    };
  };

  return (listToken) => {
    const kind = MIX[count % MIX.length];
    count += 1;
    if (kind === 'create') return create();
    return kind === 'list' ? list(listToken) : single();
  };
}
