import { printSchema } from 'graphql';
import { buildSchema } from './build-schema.js';

/** The text of schema.graphql. */
export function printSchemaText(): string {
  return `${printSchema(buildSchema())}\n`;
}
