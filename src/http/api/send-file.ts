import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../auth/caller.js';
import { GatewayError } from '../../errors/gateway-error.js';
import { UpstreamFailure } from '../../errors/upstream-failure.js';
import { isRecord, parseJsonBytes } from '../../json/parse-json.js';
import { executeOperation } from '../../operations/execute-operation.js';
import { FILE_FORMATS, type FileEnd, type FileFormat } from '../../operations/files/file-format.js';
import type { FilePlan } from '../../operations/files/file-plan.js';
import { readRows, type RowBatch } from '../../operations/files/read-rows.js';
import type { HttpAnswer } from '../../operations/http-answer.js';
import type { WaitingClient } from '../../operations/operation-context.js';
import type { ObservedRequest } from '../../telemetry/request-observer.js';
import type { OperationRouteOptions } from '../operation-route.js';
import { NO_SNIFF, bytesOf, writeAnswer } from '../response.js';
import { hasErrors, toProblemAnswer } from './problem.js';

const JSON_TYPE = 'application/json; charset=utf-8';

/** All pages of an operation as one file. */
export interface FileRequest {
  plan: FilePlan;
  /** Of the original operation. */
  variables: Readonly<Record<string, unknown>>;
  /** One of `FILE_FORMATS`. */
  mediaType: string;
}

export interface FileWish extends FileRequest {
  request: IncomingMessage;
  response: ServerResponse;
  caller: Caller;
  observed: ObservedRequest;
}

/** Who waits for one page: as the client of a whole file does, without a listener left on its response afterwards. */
class PageClient extends EventEmitter implements WaitingClient {
  readonly writableFinished = false;
}

function jsonOf(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  const json = parseJsonBytes(bytesOf(answer));
  if (!isRecord(json)) throw new Error('An answer is an object.');
  return json;
}

/** A page that could not be read, with the problem that says why. */
class PageFailure extends Error {
  override readonly name = 'PageFailure';

  constructor(readonly problem: HttpAnswer) {
    super('A page could not be read.');
  }
}

/** Why a file ends early; undefined if that is a fault, or the client has gone. */
function toReason(error: unknown): Pick<FileEnd, 'code' | 'detail'> | undefined {
  if (error instanceof GatewayError) return { code: error.code, detail: error.message };
  if (!(error instanceof PageFailure)) return undefined;
  const { code, detail } = jsonOf(error.problem);
  return { code: String(code), detail: String(detail) };
}

/** Resolves once the client has read enough to be sent more, or has gone. */
async function readByClient(response: ServerResponse): Promise<void> {
  if (response.destroyed || !response.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

const overBudget = (maximum: number): GatewayError =>
  new GatewayError(
    'OPERATION_LIMIT_EXCEEDED',
    `This file needs more than the ${maximum} upstream requests that one file may cost.`,
    {
      extensions: { limit: 'fileUpstreamRequests', maximum },
    },
  );

/** `['a', '1', 'b', '2']` → `[['a', '1'], ['b', '2']]` */
const toPairs = (headers: readonly string[]): (readonly [string, string])[] =>
  headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1] ?? ''] as const] : []));

type SendFileOptions = Pick<
  OperationRouteOptions,
  'compiled' | 'executeInFull' | 'createContext' | 'observer' | 'load' | 'fileUpstreamRequests'
>;

/** Sends one file. */
class FileSender {
  private readonly format: FileFormat;
  private readonly startedAt = new Date().toISOString();
  private rows = 0;
  private resume: Pick<FileEnd, 'resume'> | undefined;
  private upstreamRequests = 0;
  private firstHeaders: (readonly [string, string])[] = [];
  private client: PageClient | undefined;

  constructor(
    private readonly options: SendFileOptions,
    private readonly wish: FileWish,
  ) {
    const format = FILE_FORMATS[wish.mediaType];
    if (!format) throw new Error(`No file is written as ${wish.mediaType}.`);
    this.format = format;
    wish.response.once('close', () => this.client?.emit('close'));
  }

  /** @throws what ended the request before its first row, or a fault */
  async send(): Promise<void> {
    const { plan, variables: given, request, response } = this.wish;
    const read = (text: string, variables: FileRequest['variables']): Promise<unknown> => this.read(text, variables);
    try {
      for await (const batch of readRows({ ...plan, given, read })) {
        if (!response.headersSent) this.begin();
        if (request.method === 'HEAD') break;
        this.write(batch);
        await readByClient(response);
        if (response.destroyed) throw new UpstreamFailure({ operationId: 'file', kind: 'aborted' });
      }
      this.end({ complete: true });
    } catch (error) {
      const reason = toReason(error);
      if (reason && response.headersSent) this.end({ complete: false, ...reason, ...this.resume });
      else if (error instanceof PageFailure) writeAnswer(response, error.problem, this.wish.observed.requestId);
      else throw error;
    }
  }

  private begin(): void {
    const { request, response, mediaType, observed, plan } = this.wish;
    const types = { 'content-type': mediaType.replace('; end=absent', ''), 'cache-control': 'no-store' };
    // node:http refuses trailers of a response that is not chunked.
    const isChunked = request.httpVersion === '1.1' && request.method === 'GET';
    const others = { ...NO_SNIFF, 'x-request-id': observed.requestId, ...(isChunked && { trailer: 'file-end' }) };
    for (const [name, value] of [...this.firstHeaders, ...Object.entries({ ...types, ...others })])
      response.setHeader(name, value);
    response.write(this.format.head(plan.columns));
  }

  private write({ rows, after }: RowBatch): void {
    const { response, plan } = this.wish;
    this.rows += rows.length;
    if (typeof after === 'string') this.resume = { resume: { after, rows: this.rows } };
    if (rows.length > 0) response.write(rows.map((row) => this.format.row(row, plan.columns)).join(''));
  }

  private end({ complete, ...reason }: Pick<FileEnd, 'complete' | 'code' | 'detail' | 'resume'>): void {
    const { response, plan } = this.wish;
    const { startedAt, rows } = this;
    const end = { complete, rows, startedAt, endedAt: new Date().toISOString(), ...reason };
    // A field of HTTP has one character for each byte.
    response.addTrailers({ 'file-end': Buffer.from(JSON.stringify(end)).toString('latin1') });
    response.end(this.format.end(end, plan.columns));
  }

  /** Executes the document of one page as an operation of its own, with every rule. */
  private async read(text: string, variables: FileRequest['variables']): Promise<unknown> {
    const { createContext, observer, load, fileUpstreamRequests } = this.options;
    const { request, response, caller } = this.wish;
    if (this.upstreamRequests >= fileUpstreamRequests) throw overBudget(fileUpstreamRequests);
    const observed = this.observePage();
    this.client = new PageClient();
    load.begin();
    try {
      const context = createContext(request, this.client, caller, observed);
      const { headers } = request;
      const http = { method: 'POST', url: '/graphql', headers };
      const question = { request: http, body: { query: text, variables }, mediaType: JSON_TYPE };
      const answer = await executeOperation(this.options, question, context);
      const { trace, credential } = context;
      const httpStatus = response.destroyed ? undefined : answer.status;
      const isProven = credential.hasSucceeded;
      observer.answered(observed, { httpStatus, trace: answer.trace, hasJoined: trace.hasJoined, isProven });
      if (!trace.hasJoined) this.upstreamRequests += answer.trace.requests;
      if (hasErrors(answer)) throw new PageFailure(toProblemAnswer(answer));
      if (!response.headersSent) this.firstHeaders = toPairs(answer.headers);
      return jsonOf(answer)['data'];
    } finally {
      this.client = undefined;
      load.end();
    }
  }

  /** The first page is the request itself; each later one is observed as one more with the same id. */
  private observePage(): ObservedRequest {
    const { request, response, observed } = this.wish;
    if (!response.headersSent) return observed;
    const headers = { ...request.headers, 'x-request-id': observed.requestId };
    return this.options.observer.begin({ method: request.method, url: request.url, headers }, observed.identity);
  }
}

/** Sends all pages of an operation as a file, one page at a time, as fast as the client reads. */
export const createSendFile =
  (options: SendFileOptions) =>
  (wish: FileWish): Promise<void> =>
    new FileSender(options, wish).send();
