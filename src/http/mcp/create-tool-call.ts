import type { CallToolResult } from '@modelcontextprotocol/server';
import type { GraphQLSchema } from 'graphql';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { executeOperation, toQuestion } from '../../operations/execute-operation.js';
import type { HttpAnswer } from '../../operations/http-answer.js';
import type { OperationContext } from '../../operations/operation-context.js';
import type { ObservedRequest } from '../../telemetry/request-observer.js';
import { hasErrors, responseIn, toProblem } from '../api/problem.js';
import { rejectUnknown, variableTypesOf, type Variables } from '../api/read-variables.js';
import type { OperationRouteOptions } from '../operation-route.js';
import type { OperationTool } from './tools.js';

/** A request that was let in. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  observed: ObservedRequest;
}

/** What a tool was called for. */
export interface ToolCall {
  result: CallToolResult;
  /** Undefined if it failed before it became an operation. */
  run: { answer: HttpAnswer; context: OperationContext } | undefined;
}

export interface ToolCallOptions extends Pick<OperationRouteOptions, 'compiled' | 'executeInFull' | 'createContext'> {
  schema: GraphQLSchema;
  /** Of the data of one result, as JSON. */
  maxResultBytes: number;
}

type Failure = Parameters<typeof toProblem>[0];

/** A problem, as the text of a result that is an error: the agent reads there what to do better. */
function failed(failure: Failure, maxBytes = Infinity): CallToolResult {
  const text = JSON.stringify(toProblem(failure));
  if (failure.data !== undefined && Buffer.byteLength(text) > maxBytes) return failed({ ...failure, data: undefined });
  return { isError: true, content: [{ type: 'text', text }] };
}

const refused = ({ message, extensions: { http, ...extensions } }: GatewayError): CallToolResult =>
  failed({ status: http?.status ?? 200, errors: [{ message, extensions }] });

function tooLarge(bytes: number, maximum: number, isWrite: boolean): GatewayError {
  const advice = isWrite
    ? 'The mutation was performed: do not send it again.'
    : 'Ask for fewer items, such as a smaller page.';
  return new GatewayError(
    'OPERATION_LIMIT_EXCEEDED',
    `The result has ${bytes} bytes, of ${maximum} at most. ${advice}`,
    {
      extensions: { limit: 'resultBytes', maximum },
    },
  );
}

/** The data as structured content and as text, or a problem. */
function toResult(answer: HttpAnswer, isWrite: boolean, maxBytes: number): CallToolResult {
  const response = responseIn(answer) as Omit<Failure, 'status'> & { data: Record<string, unknown> };
  if (hasErrors(answer)) return failed({ ...response, status: answer.status }, maxBytes);
  const text = JSON.stringify(response.data);
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBytes) return refused(tooLarge(bytes, maxBytes, isWrite));
  return { structuredContent: response.data, content: [{ type: 'text', text }] };
}

/** Runs tools: each is an operation of the manifest, with every rule that holds for operations. */
export function createToolCall(options: ToolCallOptions) {
  const { createContext, schema, maxResultBytes } = options;
  return async (tool: OperationTool, variables: Variables, exchange: Exchange): Promise<ToolCall> => {
    const { operation, isWrite } = tool;
    const { request, response, caller, observed } = exchange;
    try {
      rejectUnknown(Object.keys(variables), variableTypesOf(operation.definition, schema));
      const context = createContext(request, response, caller, observed);
      const question = toQuestion(operation, variables, request.headers);
      const answer = await executeOperation(options, question, context);
      return { result: toResult(answer, isWrite, maxResultBytes), run: { answer, context } };
    } catch (error) {
      if (error instanceof GatewayError) return { result: refused(error), run: undefined };
      throw error;
    }
  };
}
