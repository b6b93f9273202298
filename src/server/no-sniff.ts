/** On every answer of the gateway: browsers take the declared type and guess none. */
export const NO_SNIFF = { 'x-content-type-options': 'nosniff' } as const;
