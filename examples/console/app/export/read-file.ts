import { CombinedError } from 'urql';
import { credentialHeaders } from '../client/credential.js';
import { createRowCounter, FILE_FORMATS, toFileEnd, type FileEnd, type FileFormat } from './file-format.js';
import type { FileSource } from './file-source.js';

export interface ReadFile {
  content: Blob;
  /** Undefined if the connection was cut before. */
  end: FileEnd | undefined;
}

export interface ReadOptions {
  format: FileFormat;
  signal: AbortSignal;
  /** Receives the rows so far. */
  onRows: (rows: number) => void;
}

/** More than the last line of a file has. */
const TAIL_BYTES = 16_384;

/** What a problem (RFC 9457) of the gateway says, as the error of a query. */
async function toError(response: Response): Promise<CombinedError> {
  const problem = (await response.json().catch(() => undefined)) as { errors?: { message: string }[] } | undefined;
  return problem?.errors
    ? new CombinedError({ graphQLErrors: problem.errors, response })
    : new CombinedError({ networkError: new Error(`status ${String(response.status)}`), response });
}

/** Chunks until the end or until the connection is cut; only the end of the file shows which of them it was. */
async function readChunks(body: ReadableStream<Uint8Array<ArrayBuffer>>, { format, signal, onRows }: ReadOptions) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const count = createRowCounter(format);
  const reader = body.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      onRows(count(part.value));
    }
  } catch {
    signal.throwIfAborted();
  }
  return chunks;
}

/**
 * Reads all pages of a query of the manifest as one file, by the same credential as queries.
 * @throws CombinedError if there is no file, and the reason of `signal` if it was aborted
 */
export async function readFile({ path }: FileSource, options: ReadOptions): Promise<ReadFile> {
  const { mediaType } = FILE_FORMATS[options.format];
  // With AUTH_MODE=none, a GET has to show that no page of another site has sent it.
  const headers = { ...credentialHeaders(), accept: mediaType, 'graphql-require-preflight': '1' };
  const response = await fetch(path, { headers, signal: options.signal }).catch((error: unknown) => {
    options.signal.throwIfAborted();
    throw new CombinedError({ networkError: error instanceof Error ? error : new Error(String(error)) });
  });
  if (!response.ok || !response.body) throw await toError(response);
  const content = new Blob(await readChunks(response.body, options), { type: mediaType });
  return { content, end: toFileEnd(await content.slice(-TAIL_BYTES).text(), options.format) };
}
