import {
  getNullableType,
  GraphQLError,
  isLeafType,
  isListType,
  isObjectType,
  isAbstractType,
  responsePathAsArray,
  type GraphQLFieldResolver,
  type GraphQLIsTypeOfFn,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';
import { diceAt, type Dice } from './dice.js';
import { LONG_VALUE } from './long-value.js';

/** Where the values of an execution come from: the same ones at the same place, however often and in whatever order. */
export interface World {
  resolve: GraphQLFieldResolver<unknown, unknown>;
  resolveType: GraphQLTypeResolver<unknown, unknown>;
  isTypeOf: GraphQLIsTypeOfFn<unknown, unknown>;
  /** Errors of the world's own making, each the same object in every execution. */
  errors: ReadonlyMap<string, unknown>;
  schema: GraphQLSchema | undefined;
}

const TEXTS = [
  '',
  'plain',
  'a "quoted" \\ text',
  '\u0000\n\u001f',
  'ümlaut é \u2028',
  '👩‍👧',
  '\ud800',
  'x\udfff y',
  '</script>',
] as const;
const NUMBERS = [0, -0, 1, -1, 42, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 0.5, 1e21, 5e-324] as const;
const ODD_VALUES = [
  null,
  undefined,
  NaN,
  Infinity,
  'x',
  '',
  '12',
  5,
  1.5,
  true,
  false,
  2n ** 63n,
  {},
  [],
  [null],
  new Date(0),
] as const;
const DOCUMENTS = [
  { a: [1, null, undefined, { b: 'ü"' }] },
  [NaN, () => 1],
  { toJSON: () => ({ c: 1 }) },
  'text',
  5,
  false,
] as const;
const MAX_DEPTH = 7;

const later = <T>(settle: () => T): Promise<T> =>
  new Promise((resolve) => setImmediate(() => resolve(undefined))).then(settle);
const soon = async <T>(ticks: number, settle: () => T): Promise<T> => {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
  return settle();
};

/** A world whose values are odd with the given probability. */
export function createWorld(seed: number, oddness: number): World {
  const errors = new Map<string, unknown>();
  const places = new WeakMap<object, string>();

  const errorAt = (place: string, dice: Dice): unknown => {
    const known = errors.get(place);
    if (known !== undefined) return known;
    const error: unknown = dice.pick<() => unknown>(
      () => new Error(`failed at ${place}`),
      () => new TypeError(`failed at ${place}`),
      () => new GraphQLError(`refused at ${place}`, { extensions: { code: 'REFUSED' } }),
      () => new Error(''),
      () => `thrown text at ${place}`,
    )();
    errors.set(place, error);
    return error;
  };
  const fail = (place: string, dice: Dice): never => {
    throw errorAt(place, dice);
  };

  const leaf = (type: GraphQLLeafType, dice: Dice): unknown => {
    switch (type.name) {
      case 'String':
      case 'ID':
        return dice.hits(1 / 12) ? LONG_VALUE : dice.pick(...TEXTS);
      case 'Boolean':
        return dice.pick<unknown>(true, false);
      case 'Int':
        return dice.roll(2) ? dice.roll(2 ** 31) : dice.pick(...NUMBERS);
      case 'Kind':
        return dice.pick<unknown>(0, 'b', 'C');
      case 'Json':
        return dice.pick<unknown>(...DOCUMENTS);
      case 'Exact':
        return dice.pick<unknown>(5n, 2n ** 63n, 17, '18', NaN);
      default:
        return dice.pick(...NUMBERS);
    }
  };

  const record = (type: GraphQLObjectType, place: string): object => {
    const dice = diceAt(seed, `${place}!record`);
    const made: object = { ...(!dice.hits(oddness / 8) && { __typename: type.name }) };
    places.set(made, place);
    for (const [name, field] of Object.entries(type.getFields())) {
      const at = `${place}.${name}`;
      if (isLeafType(field.type) && !diceAt(seed, at).hits(oddness)) {
        Object.assign(made, { [name]: leaf(field.type, diceAt(seed, `${at}!`)) });
        continue;
      }
      // Not enumerable: an error message that shows the record would make promises that no one waits for.
      Object.defineProperty(made, name, { get: () => valueAt(field.type, at) });
    }
    return made;
  };

  const sound = (type: GraphQLOutputType, place: string, dice: Dice): unknown => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const length = dice.roll(4);
      const itemAt = (index: number): unknown => valueAt(nullable.ofType, `${place}[${index}]`);
      const items = (): unknown[] => {
        const made: unknown[] = [];
        // A list that is never handed out, or never reached, is not the executor's to look into.
        let isLost = place.endsWith(']');
        try {
          for (let index = 0; index < length; index += 1) made.push(itemAt(index));
        } catch (error) {
          isLost = true;
          throw error;
        } finally {
          if (isLost) for (const item of made) if (item instanceof Promise) item.catch(() => undefined);
        }
        return made;
      };
      if (!dice.hits(oddness)) return items();
      return dice.pick<() => unknown>(
        () => new Set(['x', 5, null]),
        items,
        function* () {
          for (let index = 0; index < length; index += 1) yield itemAt(index);
        },
        function* () {
          for (let index = 0; index < length; index += 1) yield itemAt(index);
          fail(`${place}[]`, dice);
        },
      )();
    }
    if (isLeafType(nullable)) return leaf(nullable, dice);
    if (place.split('.').length > MAX_DEPTH) return null;
    if (isObjectType(nullable)) return record(nullable, place);
    const types = isAbstractType(nullable) ? (world.schema?.getPossibleTypes(nullable) ?? []) : [];
    const type_ = types[dice.roll(types.length)];
    return type_ ? record(type_, place) : null;
  };

  const valueAt = (type: GraphQLOutputType, place: string): unknown => {
    const dice = diceAt(seed, place);
    const whole = (): unknown => sound(type, place, diceAt(seed, `${place}!`));
    if (!dice.hits(oddness)) return whole();
    const odd = (): unknown => dice.pick<unknown>(...ODD_VALUES);
    const ticks = dice.roll(5);
    return dice.pick<() => unknown>(
      odd,
      odd,
      () => null,
      () => errorAt(place, dice),
      () => fail(place, dice),
      () => Promise.resolve(whole()),
      () => soon(ticks, whole),
      () => later(whole),
      () => soon(ticks, odd),
      () => soon(ticks, () => fail(place, dice)),
      () => soon(ticks, () => errorAt(place, dice)),
      () => later(() => fail(place, dice)),
      () => later(odd),
      () => whole,
      () => () => soon(ticks, whole),
      () => () => fail(place, dice),
    )();
  };

  const world: World = {
    errors,
    schema: undefined,
    resolve(source, args, context, info) {
      const path = responsePathAsArray(info.path);
      (context as { traces: unknown[] }).traces.push({
        path,
        args,
        field: `${info.parentType.name}.${info.fieldName}: ${String(info.returnType)}`,
        nodes: info.fieldNodes.map(({ loc }) => loc?.start),
        variables: info.variableValues,
        fragments: Object.keys(info.fragments),
        root: info.rootValue,
        operation: info.operation.loc?.start,
        source: typeof source === 'object' && source !== null ? places.get(source) : String(source),
      });
      const value = valueAt(info.returnType, path.join('.'));
      return typeof value === 'function' ? (value as () => unknown)() : value;
    },
    resolveType(value, _context, info, type) {
      const typename: unknown =
        typeof value === 'object' && value !== null ? Reflect.get(value, '__typename') : undefined;
      const dice = diceAt(seed, `${responsePathAsArray(info.path).join('.')}!${type.name}`);
      const name = (): string =>
        dice.hits(oddness / 4) ? dice.pick('T0', 'T1', 'Kind', 'Nothing') : ((typename ?? undefined) as string);
      return dice.roll(2) ? name() : soon(dice.roll(3), name);
    },
    isTypeOf(value, _context, info) {
      const dice = diceAt(seed, `${responsePathAsArray(info.path).join('.')}!is`);
      const isOfType = (): boolean =>
        typeof value === 'object' && value !== null && places.has(value) && !dice.hits(oddness / 4);
      return dice.roll(2) ? isOfType() : soon(dice.roll(3), isOfType);
    },
  };
  return world;
}
