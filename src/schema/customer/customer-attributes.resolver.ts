import { Arg, FieldResolver, Resolver, Root } from 'type-graphql';
import type { ContractViolation } from '../../errors/contract-violation.js';
import { valueOf } from '../../loaders/outcomes.js';
import type { Decoded } from '../../records/decode.js';
import { CustomerAttributes } from './customer-attributes.type.js';

@Resolver(() => CustomerAttributes)
export class CustomerAttributesResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The value of one attribute; null if the customer has no such key. Ignores upper and lower case.',
  })
  value(
    @Root() attributes: Decoded<'CustomerAttributes'>,
    @Arg('key', () => String, { description: 'The key to look up.' }) key: string,
  ): string | ContractViolation | null {
    const wanted = key.toLowerCase();
    for (const item of valueOf(attributes.items)) {
      const entry = valueOf(item);
      if (valueOf(entry.key).toLowerCase() === wanted) return entry.value;
    }
    return null;
  }
}
