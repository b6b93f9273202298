import { Field, ObjectType, type ClassType } from 'type-graphql';
import { Long } from './scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items follow behind this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether items precede this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last item; hand it to `after` for the next page. Null on an empty page.',
  })
  endCursor!: string | null;
}

/** The connection type `${noun}Connection` with its edge type, alike for every noun. */
export function createConnectionType(noun: string, nodeType: ClassType): ClassType {
  const items = `${noun.toLowerCase()}s`;

  @ObjectType(`${noun}Edge`, {
    simpleResolvers: true,
    description: `A ${noun.toLowerCase()} and its place in the list.`,
  })
  class Edge {
    @Field(() => String, { description: 'Marks this place; hand it to `after` to go on from here.' })
    cursor!: string;

    @Field(() => nodeType, { description: `The ${noun.toLowerCase()}.` })
    node!: object;
  }

  @ObjectType(`${noun}Connection`, { simpleResolvers: true, description: `One page of a list of ${items}.` })
  class ConnectionType {
    @Field(() => [Edge], { description: `The ${items} of this page, each with its cursor.` })
    edges!: Edge[];

    @Field(() => [nodeType], { description: `The ${items} of this page.` })
    nodes!: object[];

    @Field(() => PageInfo, { description: 'Where this page lies in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Long, { description: `How many ${items} the whole list has.` })
    totalCount!: number | bigint;
  }

  return ConnectionType;
}
