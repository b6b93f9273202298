import { parseJson } from '../../json/parse-json.js';

const OPTIONAL = ['query', 'documentId', 'variables', 'extensions', 'operationName'] as const;

/** The parameters of a target: `/graphql?query=a` → `query=a` */
export function parametersOf(target: string): URLSearchParams {
  const queryAt = target.indexOf('?');
  return new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt));
}

/** JSON that loses no integer when Apollo Server parses it: `{"id":9007199254740993}` → `{"id":"9007199254740993"}`. */
function toExactJson(text: string): string {
  try {
    return JSON.stringify(parseJson(text, String));
  } catch {
    // Apollo Server reports it.
    return text;
  }
}

/**
 * The query of a target for Apollo Server: long integers in variables become their digits, which `ID` and `Long` take
 * exactly, and an empty optional parameter counts as not given. `?variables=&query=a` → `?query=a`
 */
export function toSearch(target: string): string {
  if (!target.includes('?')) return '';
  const parameters = parametersOf(target);
  for (const name of OPTIONAL) if (parameters.get(name) === '') parameters.delete(name, '');
  const variables = parameters.getAll('variables');
  if (variables.length === 1 && variables[0] !== undefined) parameters.set('variables', toExactJson(variables[0]));
  return `?${parameters.toString()}`;
}

/** The JSON of a parameter; its text if it is none. */
function toValue(text: string): unknown {
  try {
    return parseJson(text, String);
  } catch {
    return text;
  }
}

/**
 * Parameters as the request body that stands for them: `query=a&variables={}` → `{ query: 'a', variables: {} }`. Empty ones count as
 * not given.
 */
export function toBody(parameters: URLSearchParams): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...parameters]
      .filter(([, text]) => text !== '')
      .map(([name, text]) => [name, name === 'variables' || name === 'extensions' ? toValue(text) : text]),
  );
}
