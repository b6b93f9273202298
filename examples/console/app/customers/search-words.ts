import type { SearchField } from '../navigation/table-state.js';

interface SearchWords {
  label: string;
  /** How to search by it, if that is not plain. */
  hint?: string;
  /** Of a customer that does not match: `None has “…” in its name.` */
  place: string;
}

/** What the search says, by the field that is searched. */
export const SEARCH_WORDS: Readonly<Record<SearchField, SearchWords>> = {
  name: { label: 'Company name', place: 'in its name' },
  'provider-id': { label: 'Provider id', place: 'in its provider id' },
  login: { label: 'Login', hint: 'The whole login of a user.', place: 'as the login of a user' },
  attribute: {
    label: 'Attribute',
    hint: 'A whole key, key=value, or =value. Key and value may be those of two attributes.',
    place: 'as an attribute',
  },
};
