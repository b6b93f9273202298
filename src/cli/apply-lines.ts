import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { coerceInputValue, type GraphQLInputType } from 'graphql';
import { MAX_KEY_LENGTH } from '../commands/write-once.js';
import { isRecord, parseJson } from '../json/parse-json.js';
import { buildSubgraphSchema } from '../schema/build-subgraph-schema.js';
import { isUpstreamId } from '../upstream/target.js';
import { CommandFailure } from './command.js';
import { fileFailure } from './files.js';

/** What a line can ask for: the type of its input, the bulk mutation that takes it, and the field that names the customer. */
export const LINE_KINDS = {
  create: { inputType: 'CreateCustomerInput', mutation: 'createCustomers', idField: undefined },
  update: { inputType: 'UpdateCustomerInput', mutation: 'updateCustomers', idField: 'id' },
  updateAttributes: {
    inputType: 'UpdateCustomerAttributesInput',
    mutation: 'updateCustomersAttributes',
    idField: 'customerId',
  },
  delete: { inputType: 'DeleteCustomerInput', mutation: 'deleteCustomers', idField: 'id' },
} as const;

export type LineKind = keyof typeof LINE_KINDS;

/** One write of the file. */
export interface ApplyLine {
  number: number;
  kind: LineKind;
  input: Readonly<Record<string, unknown>>;
  /** Of its own. */
  key: string | undefined;
  /** Undefined for a customer that is to be created. */
  customerId: string | undefined;
  /** Of the upstream, the number and the text: the same in each run. */
  hash: string;
  bytes: number;
}

/** A line that cannot be sent. */
export interface BadLine {
  number: number;
  problems: readonly string[];
}

/** More than a customer with all attributes that one request may have. */
const MAX_LINE_BYTES = 2 * 1024 * 1024;
const KIND_NAMES = Object.keys(LINE_KINDS) as LineKind[];

/** The lines of a file, numbered from 1. Line feeds end them and nothing else does: other separators are allowed within texts of JSON. */
async function* readLines(file: string): AsyncGenerator<{ number: number; text: string }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  try {
    for await (const chunk of createReadStream(file)) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE_BYTES) throw new CommandFailure(`Line ${number + lines.length + 1} is too long.`);
      for (const text of lines) yield { number: ++number, text };
    }
    rest += decoder.decode();
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    if (error instanceof TypeError) throw new CommandFailure(`${file} is not text in UTF-8.`);
    throw fileFailure(file, 'read', error);
  }
  yield { number: number + 1, text: rest };
}

function keyProblems(key: unknown): string[] {
  if (key === undefined) return [];
  const fits = typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY_LENGTH;
  return fits ? [] : [`key: must be a text of 1 to ${MAX_KEY_LENGTH} characters`];
}

/** What the schema finds wrong with an input, each with its path: `create.userMax: Int cannot represent …`. */
function inputProblems(kind: LineKind, input: unknown, type: GraphQLInputType): string[] {
  const problems: string[] = [];
  coerceInputValue(input, type, (path, _value, { message }) =>
    problems.push(`${[kind, ...path].join('.')}: ${message}`),
  );
  if (!isRecord(input)) return problems;
  const { idField } = LINE_KINDS[kind];
  const id = idField && input[idField];
  if ((typeof id === 'string' || typeof id === 'number') && !isUpstreamId(String(id))) {
    problems.push(`${kind}.${String(idField)}: must be a positive 64-bit integer`);
  }
  if ('idempotencyKey' in input) problems.push(`${kind}.idempotencyKey: is written as "key", beside "${kind}"`);
  return problems;
}

/** Checks lines by the input types of the schema. */
export function createLineCheck(upstreamUrl: string): (number: number, text: string) => ApplyLine | BadLine {
  const schema = buildSubgraphSchema({ enforcesScopes: false });
  const typeOf = (kind: LineKind): GraphQLInputType => schema.getType(LINE_KINDS[kind].inputType) as GraphQLInputType;
  return (number, text) => {
    let value: unknown;
    try {
      // An integer beyond 2^53 is a text in variables, too.
      value = parseJson(text, String);
    } catch {
      return { number, problems: ['is not JSON'] };
    }
    const given = isRecord(value) ? Object.keys(value) : [];
    const [kind, other] = KIND_NAMES.filter((name) => given.includes(name));
    if (!isRecord(value) || kind === undefined || other !== undefined) {
      return { number, problems: [`must be an object with one of ${KIND_NAMES.join(', ')}`] };
    }
    const { [kind]: input, key, ...unknown } = value;
    const problems = [
      ...Object.keys(unknown).map((name) => `${name}: is unknown`),
      ...keyProblems(key),
      ...inputProblems(kind, input, typeOf(kind)),
    ];
    if (problems.length > 0 || !isRecord(input)) return { number, problems };
    const { idField } = LINE_KINDS[kind];
    return {
      number,
      kind,
      input,
      key: key as string | undefined,
      customerId: idField && String(input[idField]),
      hash: hash('sha256', `${upstreamUrl}\n${number}\n${text}`, 'hex').slice(0, 32),
      bytes: Buffer.byteLength(text),
    };
  };
}

/** Lines of a file of writes, without blank ones. @throws CommandFailure if it cannot be read */
export async function* readApplyLines(
  file: string,
  check: ReturnType<typeof createLineCheck>,
): AsyncGenerator<ApplyLine | BadLine> {
  for await (const { number, text } of readLines(file)) {
    const trimmed = (number === 1 ? text.replace(/^\ufeff/, '') : text).trim();
    if (trimmed !== '') yield check(number, trimmed);
  }
}
