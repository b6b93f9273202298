import { Field, ObjectType, type ClassType } from 'type-graphql';
import { Long } from './scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Position of a page in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether items precede this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item; pass it to `after` for the next page. Null on an empty page.',
  })
  endCursor!: string | null;
}

/** The connection type `${noun}Connection` with its edge type, alike for every noun. */
export function createConnectionType(noun: string, nodeType: ClassType): ClassType {
  const items = `${noun.toLowerCase()}s`;

  @ObjectType(`${noun}Edge`, {
    simpleResolvers: true,
    description: `A ${noun.toLowerCase()} and its position in the list.`,
  })
  class Edge {
    @Field(() => String, { description: 'Cursor of this item; pass it to `after` to continue from here.' })
    cursor!: string;

    @Field(() => nodeType, {
      nullable: true,
      description: `The ${noun.toLowerCase()}; null, with an error at its path, if it could not be read.`,
    })
    node!: object | null;
  }

  @ObjectType(`${noun}Connection`, { simpleResolvers: true, description: `One page of a list of ${items}.` })
  class ConnectionType {
    @Field(() => [Edge], { description: `The ${items} of this page, each with its cursor.` })
    edges!: Edge[];

    @Field(() => [nodeType], {
      nullable: 'items',
      description: `The ${items} of this page; one that could not be read is null, with an error at its path.`,
    })
    nodes!: (object | null)[];

    @Field(() => PageInfo, { description: 'Position of this page in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Long, { description: `How many ${items} the whole list has.` })
    totalCount!: number | bigint;

    @Field(() => Boolean, {
      description:
        'Whether this page begins right after the item of `after`. False only after `extensions.resumeAfter` of a `CURSOR_LOST` error: then some items may be missing or repeated.',
    })
    isContinuous!: boolean;
  }

  return ConnectionType;
}
