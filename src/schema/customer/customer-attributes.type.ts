import { Field, ObjectType } from 'type-graphql';
import { KeyValueEntry } from '../shared/key-value.type.js';

@ObjectType({ simpleResolvers: true, description: 'Free keys and values that the provider keeps with a customer.' })
export class CustomerAttributes {
  @Field(() => [KeyValueEntry], { description: 'All attributes.' })
  items!: KeyValueEntry[];
}
