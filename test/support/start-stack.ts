import type { Gateway } from '../../src/gateway.js';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';
import { SANDBOX_TOKENS } from '../../src/sandbox/tokens.js';
import type { Logger } from '../../src/telemetry/logger.js';
import { startGateway } from './start-gateway.js';

/** A document as `graphql()` of test/gql types it. */
interface TypedDocument<Data, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Data;
}

export interface ClientError {
  message: string;
  path?: (string | number)[];
  extensions: { code: string } & Record<string, unknown>;
}

export interface GraphqlAnswer<Data> {
  status: number;
  headers: Headers;
  data: Data | null | undefined;
  errors: ClientError[] | undefined;
  extensions: Record<string, unknown> | undefined;
}

/** A gateway that listens, in front of a sandbox of its own whose request log the tests assert. */
export interface Stack {
  gateway: Gateway;
  sandbox: Sandbox;
  /** Sends an operation as the first provider, or with other headers. */
  execute<Data, Variables>(
    document: TypedDocument<Data, Variables> | string,
    variables?: Variables,
    headers?: Record<string, string>,
  ): Promise<GraphqlAnswer<Data>>;
  /** The answer's data. @throws Error if there were errors */
  data<Data, Variables>(document: TypedDocument<Data, Variables> | string, variables?: Variables): Promise<Data>;
  close(): Promise<void>;
}

const FIRST_PROVIDER = { 'x-sds-service-token': SANDBOX_TOKENS.first };

export async function startStack(
  options: { sandbox?: SandboxOptions; env?: Record<string, string>; logger?: Logger } = {},
): Promise<Stack> {
  const sandbox = await startSandbox({ customers: 120, ...options.sandbox });
  const gateway = await startGateway({ UPSTREAM_URL: sandbox.url, ...options.env }, options.logger);

  const execute: Stack['execute'] = async (document, variables, headers = FIRST_PROVIDER) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const body = (await response.json()) as {
      data?: never;
      errors?: ClientError[];
      extensions?: Record<string, unknown>;
    };
    return {
      status: response.status,
      headers: response.headers,
      data: body.data,
      errors: body.errors,
      extensions: body.extensions,
    };
  };

  return {
    gateway,
    sandbox,
    execute,
    async data(document, variables) {
      const { data, errors } = await execute(document, variables);
      if (errors || data == null) throw new Error(JSON.stringify(errors));
      return data;
    },
    async close() {
      await gateway.close(0);
      await sandbox.close();
    },
  };
}
