import { isRecord } from '../json/parse-json.js';

/** The codes of formatted errors, each once. */
export function toErrorCodes(
  errors: readonly { extensions?: Readonly<Record<string, unknown>> | undefined }[],
): readonly string[] {
  return [...new Set(errors.map(({ extensions }) => String(extensions?.['code'])))];
}

/** The codes in the text of an answer, each once. */
export function errorCodesIn(text: string): readonly string[] {
  const answer: unknown = JSON.parse(text);
  const errors = isRecord(answer) && Array.isArray(answer['errors']) ? answer['errors'].filter(isRecord) : [];
  return toErrorCodes(errors.map(({ extensions }) => ({ extensions: isRecord(extensions) ? extensions : undefined })));
}
