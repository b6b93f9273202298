import type { Answer, AnswerSource } from './answer.js';
import { answers } from './generated/answers.js';
import { list, missing, object } from './read-value.js';

type Generated<N extends keyof typeof answers, P extends string> = new (
  from: AnswerSource,
) => Answer & Omit<InstanceType<(typeof answers)[N]>, P>;

const CustomerBase: Generated<'Customer', 'customerAttributes'> = answers.Customer;
const CustomerListBase: Generated<'CustomerList', 'items'> = answers.CustomerList;

/**
 * A customer whose attributes were not asked for: where they are absent they are undefined, which is unknown, and not
 * null, which is none.
 */
class CustomerWithoutAttributes extends CustomerBase {
  override get shapeName(): string {
    return 'CustomerWithoutAttributes';
  }
  get customerAttributes() {
    const value = this.from['customerAttributes'];
    return value == null ? undefined : object(value, 'Customer.customerAttributes', answers.CustomerAttributes);
  }
}

class CustomerListWithoutAttributes extends CustomerListBase {
  override get shapeName(): string {
    return 'CustomerListWithoutAttributes';
  }
  get items() {
    const value = this.from['items'];
    return value == null
      ? missing('CustomerList.items')
      : list(value, 'CustomerList.items', (item, at) => object(item, at, CustomerWithoutAttributes));
  }
}

/** Answers to requests that did not ask for attributes, which tell that by their class. */
export const answersWithoutAttributes = { CustomerWithoutAttributes, CustomerListWithoutAttributes };
