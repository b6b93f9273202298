import { readFileSync } from 'node:fs';
import { findBreakingChanges } from '../../scripts/breaking-schema-changes.js';

const released = readFileSync('schema.released.graphql', 'utf8');
const billing = readFileSync('examples/supergraph/billing.graphql', 'utf8');

/** The released schema with one text replaced, which has to be there. */
function changed(from: string, to: string): string {
  expect(released).toContain(from);
  return released.replace(from, () => to);
}

const COMPANY_NAME = '  """Name of the company."""\n  companyName: String!\n';

describe('schema changes that break', () => {
  it.each([
    ['a field that is gone', COMPANY_NAME, '', 'Customer.companyName was removed.'],
    ['a field that may be null now', COMPANY_NAME, COMPANY_NAME.replace('!', ''), 'from String! to String.'],
    ['an argument that is required now', '    first: Int = 50', '    first: Int!', 'first'],
    [
      'an enum value that is gone',
      '  """Largest first."""\n  DESC\n',
      '',
      'DESC was removed from enum type OrderDirection.',
    ],
    ['a key that is gone', ' @key(fields: "customerUuid")', '', 'depend on Customer @key(fields: "customerUuid")'],
    [
      'another key',
      'Webhook @key(fields: "id")',
      'Webhook @key(fields: "name")',
      'depend on Webhook @key(fields: "id")',
    ],
    [
      'a type that is no longer shared',
      'type KeyValueEntry @shareable',
      'type KeyValueEntry',
      'depend on KeyValueEntry',
    ],
    ['a type that a neighbour shares', 'type PageInfo @shareable', 'type PageInfo', 'Composition fails'],
  ])('are found: %s', (_what, from, to, expected) => {
    const breaks = findBreakingChanges(released, changed(from, to), billing);
    expect(breaks.join('\n')).toContain(expected);
  });

  it.each([
    ['nothing changed', COMPANY_NAME, COMPANY_NAME],
    ['a field is new', COMPANY_NAME, `${COMPANY_NAME}  nickName: String\n`],
    ['a field is deprecated', COMPANY_NAME, COMPANY_NAME.replace('String!', 'String! @deprecated')],
    ['a description reads otherwise', '"""Name of the company."""', '"""The name of the company."""'],
    ['a cost is another', '@cost(weight: 40)', '@cost(weight: 50)'],
  ])('are none if %s', (_what, from, to) => {
    expect(findBreakingChanges(released, changed(from, to), billing)).toEqual([]);
  });
});
