/** The two service tokens the sandbox accepts; each opens its own provider, and the two share no data. */
export const SANDBOX_TOKENS = { first: 'sandbox-provider-one', second: 'sandbox-provider-two' } as const;
