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
    summary: 'Serve the embedded upstream alone, with made-up customers',
    load: async () => (await import('./sandbox.js')).sandbox,
  },
  {
    name: 'config check',
    summary: 'Print the configuration with its sources, and everything that is wrong with it',
    load: async () => (await import('./config-check.js')).configCheck,
  },
  {
    name: 'schema print',
    summary: 'Print the schema, a subgraph in SDL',
    load: async () => (await import('./schema-print.js')).schemaPrint,
  },
  {
    name: 'schema check',
    summary: 'Tell what the schema breaks for those who work with another one',
    load: async () => (await import('./schema-check.js')).schemaCheck,
  },
  {
    name: 'deprecations',
    summary: 'Tell who still uses what is deprecated, as a running gateway counts it',
    load: async () => (await import('./deprecations.js')).deprecations,
  },
  {
    name: 'webhook register',
    summary: 'Have the upstream tell the gateway of customers that come and go',
    load: async () => (await import('./webhook-register.js')).webhookRegister,
  },
];
