import { ALL_SCALARS, USER_FIELDS } from '../../bench/workloads/fields.js';

/** The rest of the body that a document is sent with. */
export interface HeavyRequest {
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** A document that costs much to compile, and the requests to send it with, one after the other. */
export interface HeavyDocument {
  readonly query: string;
  readonly requests: readonly HeavyRequest[];
}

/** Gives a number from 0 to 1, each time another one. */
type Random = () => number;

/** As many as a document may have by default. */
const ALIASES = 50;
/** From the third time on, a document is answered by what was compiled. */
const TIMES = 4;
const FLAGS = ['b0', 'b1', 'b2', 'b3'];
const FLAG_DEFINITIONS = FLAGS.map((flag) => `$${flag}:Boolean!`).join(',');
const ATTRIBUTES = 'customerAttributes{items{key value}}';
const USERS = `${USER_FIELDS} firstName lastName login title phone avatarUuid isLocked`;

const repeat = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(' ');

/** Some of the names, and always the first. */
const someOf = (random: Random, names: string): string =>
  names
    .split(' ')
    .filter((_, at) => at === 0 || random() < 0.5)
    .join(' ');

const list = (at: number, fields: string): string => `a${at}:customers(first:2,offset:${at}){nodes{${fields}}}`;
const newName = (random: Random): string => `Q${Math.trunc(random() * 1e9)}`;

const withoutVariables = (query: string): HeavyDocument => ({
  query,
  requests: Array.from({ length: TIMES }, () => ({})),
});

/** Sent twice with one outcome of its conditions, then once with each. */
function withEachOutcome(query: string, others: Readonly<Record<string, unknown>> = {}): HeavyDocument {
  const variablesOf = (bits: number): Record<string, unknown> => ({
    ...Object.fromEntries(FLAGS.map((flag, bit) => [flag, ((bits >> bit) & 1) === 1])),
    ...others,
  });
  const outcomes = Array.from({ length: 2 ** FLAGS.length }, (_, bits) => bits);
  return { query, requests: [0, 0, ...outcomes].map((bits) => ({ variables: variablesOf(bits) })) };
}

/** Make documents that differ in what they select, or in their name, each time. */
export const HEAVY_DOCUMENTS: Readonly<Record<string, (random: Random) => HeavyDocument>> = {
  'selections beside a resolver': (random) =>
    withoutVariables(
      `{${repeat(ALIASES, (at) => list(at, `${someOf(random, ALL_SCALARS)} customerAttributes{value(key:"a")}`))}}`,
    ),
  'selections of properties': (random) =>
    withoutVariables(`{${repeat(ALIASES, (at) => list(at, `${someOf(random, ALL_SCALARS)} ${ATTRIBUTES}`))}}`),
  'one selection': (random) => withoutVariables(`{${list(0, someOf(random, ALL_SCALARS))}}`),
  'selections of users': (random) => {
    const users = repeat(20, (at) => `u${at}:users(first:2,offset:${at}){nodes{${someOf(random, USERS)}}}`);
    return withoutVariables(`{${list(0, users)}}`);
  },
  'a join with four conditions': (random) => {
    const fields = FLAGS.map((flag) => `${flag}:id @include(if:$${flag})`).join(' ');
    const users = repeat(20, (at) => `u${at}:users(first:0){totalCount}`);
    const joins = repeat(25, (at) => `e${at}:_entities(representations:$r){...F}`);
    return withEachOutcome(
      `query ${newName(random)}($r:[_Any!]!,${FLAG_DEFINITIONS}){${joins}} fragment F on Customer{${fields} ${users}}`,
      { r: [{ __typename: 'Customer', id: '1' }] },
    );
  },
  'lists with four conditions': (random) => {
    const parts = FLAGS.map((flag) => `...@skip(if:$${flag}){${someOf(random, ALL_SCALARS)} ${ATTRIBUTES}}`).join(' ');
    const lists = repeat(10, (at) => list(at, `${someOf(random, ALL_SCALARS)} ...F`));
    return withEachOutcome(`query ${newName(random)}(${FLAG_DEFINITIONS}){${lists}} fragment F on Customer{${parts}}`);
  },
  'ten operations': (random) => {
    const names = Array.from({ length: 10 }, () => newName(random));
    const query = names.map((name) => `query ${name}{${list(0, someOf(random, ALL_SCALARS))}}`).join(' ');
    const requests = Array.from({ length: TIMES }, () => names.map((operationName) => ({ operationName })));
    return { query, requests: requests.flat() };
  },
};
