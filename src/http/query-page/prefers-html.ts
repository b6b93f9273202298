import { toQualityValues } from './quality-values.js';

const JSON_TYPES = ['application/json', 'application/graphql-response+json'];

/**
 * Whether an `Accept` header asks for a page rather than for a GraphQL answer, as a browser's navigation does.
 * Where both are equally welcome, or the header is missing, the answer is no: the endpoint belongs to the API.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const qualities = toQualityValues(accept);
  const qualityOf = (type: string) =>
    qualities.get(type) ?? qualities.get(type.replace(/\/.*/, '/*')) ?? qualities.get('*/*') ?? 0;
  return qualityOf('text/html') > Math.max(...JSON_TYPES.map(qualityOf));
}
