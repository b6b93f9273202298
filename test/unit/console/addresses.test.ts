import fc from 'fast-check';
import { toFilter } from '../../../examples/console/app/customers/to-filter.js';
import { toRoute } from '../../../examples/console/app/navigation/route.js';
import {
  INITIAL_TABLE,
  PAGE_SIZES,
  SEARCH_FIELDS,
  SORTS,
  toTableQuery,
  toTableState,
} from '../../../examples/console/app/navigation/table-state.js';

const anyState = fc.record({
  search: fc.string(),
  searchField: fc.constantFrom(...SEARCH_FIELDS),
  contract: fc.constantFrom('PAY', 'FREE', 'DEMO', undefined),
  isLocked: fc.constantFrom(true, false, undefined),
  sort: fc.constantFrom(...SORTS),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  page: fc.integer({ min: 1, max: 100_000 }),
  pageSize: fc.constantFrom(...PAGE_SIZES),
});

describe('the address of the table', () => {
  it('holds every state', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(toTableState(toTableQuery(state))).toEqual(state);
      }),
    );
  });

  it('is empty for the initial state', () => expect(toTableQuery(INITIAL_TABLE)).toBe(''));

  it.each(['?page=0', '?page=x', '?sort=nothing.up', '?contract=gold', '?size=7', '?locked=maybe', '?by=colour', '?%'])(
    'takes %s for the initial state',
    (query) => expect(toTableState(query)).toEqual(INITIAL_TABLE),
  );
});

describe('toFilter', () => {
  const filterOf = (searchField: (typeof SEARCH_FIELDS)[number], search: string) =>
    toFilter({ ...INITIAL_TABLE, searchField, search }, undefined);

  it.each([
    ['name', 'aur', { companyName: { contains: 'aur' } }],
    ['provider-id', 'C-1', { providerCustomerId: { contains: 'C-1' } }],
    ['login', 'ada', { userLogin: { eq: 'ada' } }],
    ['attribute', 'region', { attributeKey: { eq: 'region' } }],
    ['attribute', 'region=north=east', { attributeKey: { eq: 'region' }, attributeValue: { eq: 'north=east' } }],
    ['attribute', '=north', { attributeValue: { eq: 'north' } }],
    ['attribute', '=', {}],
    ['login', '', {}],
  ] as const)('by %s, of %j', (field, search, filter) => expect(filterOf(field, search)).toEqual(filter));

  it('sets all conditions at once', () =>
    expect(toFilter({ search: 'a', searchField: 'login', isLocked: false }, 'PAY')).toEqual({
      userLogin: { eq: 'a' },
      isLocked: { eq: false },
      customerContractType: { eq: 'PAY' },
    }));
});

describe('toRoute', () => {
  it.each([
    ['/', { page: 'overview' }],
    ['/customers', { page: 'customers', table: INITIAL_TABLE }],
    ['/customers/9007199254740993', { page: 'customer', id: '9007199254740993' }],
    ['/customers/x', { page: 'unknown' }],
    ['/elsewhere', { page: 'unknown' }],
  ])('knows %s', (path, route) => expect(toRoute(path, '')).toEqual(route));
});
