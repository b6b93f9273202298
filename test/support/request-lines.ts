import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** The requests that reached the sandbox, such as `PUT /customers/5`. */
export const requestLines = ({ log }: Sandbox): string[] =>
  log.all().map(({ method, path }) => `${method} ${path.slice('/v4/provisioning'.length)}`);
