import { Arg, Field, ObjectType } from 'type-graphql';
import type { ContractViolation } from '../../errors/contract-violation.js';
import { valueOf } from '../../loaders/customer-record.js';
import type { Decoded } from '../../upstream/decode.js';
import { KeyValueEntry } from '../shared/key-value.type.js';

type Entries = Decoded<'CustomerAttributes'>['items'];

@ObjectType({ description: 'Free keys and values that the provider keeps with a customer.' })
export class CustomerAttributes {
  @Field(() => [KeyValueEntry], { simple: true, description: 'All attributes.' })
  items!: Entries;

  @Field(() => String, {
    nullable: true,
    description: 'The value of one attribute; null where the customer has no such key. Ignores upper and lower case.',
  })
  value(
    @Arg('key', () => String, { description: 'The key to look up.' }) key: string,
  ): string | ContractViolation | null {
    const wanted = key.toLowerCase();
    for (const item of valueOf(this.items)) {
      const entry = valueOf(item);
      if (valueOf(entry.key).toLowerCase() === wanted) return entry.value;
    }
    return null;
  }
}
