import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { CustomerFilter, CustomerOrder } from './customer.inputs.js';

@ArgsType()
export class CustomersArgs extends PageArgs {
  @Field(() => CustomerFilter, { nullable: true, description: 'Which customers to list; all of them if omitted.' })
  filter?: CustomerFilter | null;

  @Field(() => [CustomerOrder], { nullable: true, description: 'What to sort by, the most important criterion first.' })
  orderBy?: CustomerOrder[] | null;
}
