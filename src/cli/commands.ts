import type { Command } from './command.js';

export interface CommandEntry {
  /** One word or two. */
  name: string;
  summary: string;
  /** Each command loads its own code, when it is called. */
  load: () => Promise<Command>;
}

/** Every command, in the order of the usage. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: 'Start the gateway, configured by the environment',
    load: async () => (await import('./start.js')).start,
  },
  {
    name: 'sandbox',
    summary: 'Serve only the sandbox: an emulated upstream with made-up customers',
    load: async () => (await import('./sandbox.js')).sandbox,
  },
  {
    name: 'config check',
    summary: 'Print the configuration and the source of each value, and report all problems',
    load: async () => (await import('./config-check.js')).configCheck,
  },
  {
    name: 'schema print',
    summary: 'Print the schema as SDL, for clients and for composing a supergraph',
    load: async () => (await import('./schema-print.js')).schemaPrint,
  },
  {
    name: 'schema check',
    summary: 'Compare the schema with an earlier one or with trusted documents, and list what it breaks',
    load: async () => (await import('./schema-check.js')).schemaCheck,
  },
  {
    name: 'deprecations',
    summary: 'List clients that still use deprecated elements, as counted by a running gateway',
    load: async () => (await import('./deprecations.js')).deprecations,
  },
  {
    name: 'export customers',
    summary: 'Export all customers as CSV or JSONL',
    load: async () => (await import('./export.js')).exportCustomers,
  },
  {
    name: 'export users',
    summary: 'Export the users of all customers as CSV or JSONL',
    load: async () => (await import('./export.js')).exportUsers,
  },
  {
    name: 'export',
    summary: 'Export all pages of a query as CSV or JSONL',
    load: async () => (await import('./export.js')).exportByDocument,
  },
  {
    name: 'apply',
    summary: 'Write what each line of a JSONL file says: create, change and delete customers',
    load: async () => (await import('./apply.js')).applyCommand,
  },
  {
    name: 'upstream probe',
    summary: 'Ask the upstream what its documentation leaves open, and write a profile of it',
    load: async () => (await import('./upstream-probe.js')).upstreamProbe,
  },
  {
    name: 'webhook register',
    summary: 'Register the webhook that notifies the gateway of new and deleted customers',
    load: async () => (await import('./webhook-register.js')).webhookRegister,
  },
];
