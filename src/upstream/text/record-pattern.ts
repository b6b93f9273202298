import { objectWithin } from '../../json/json-patterns.js';

/** As deep as the records of the OpenAPI document go. */
const LEVELS = 3;

/** A record that is worth leaving as text; sticky. */
export const RECORD = new RegExp(objectWithin(LEVELS), 'y');
