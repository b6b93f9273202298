import { shapes } from './generated/shapes.js';

/** The properties of a response schema: their kinds, and whether they are required. */
export type Shape = Readonly<Record<string, Readonly<{ kind: string; required: boolean }>>>;

/** The document's name for a schema or for a form of one that says whether attributes were asked for (`without-attributes.ts`). */
export const nameInDocument = (name: string): string => name.replace(/WithoutAttributes$/, '');

/** By its name in the document; undefined if there is none. */
export const shapeOf = (name: string): Shape | undefined =>
  Object.hasOwn(shapes, name) ? shapes[name as keyof typeof shapes] : undefined;
