import { registerEnumType } from 'type-graphql';

export enum CustomerContractType {
  DEMO = 'demo',
  FREE = 'free',
  PAY = 'pay',
}

registerEnumType(CustomerContractType, {
  name: 'CustomerContractType',
  description: 'The kind of contract a customer has with the provider.',
  valuesConfig: {
    DEMO: { description: 'A trial, meant to become a paid contract.' },
    FREE: { description: 'A contract without payment.' },
    PAY: { description: 'A paid contract.' },
  },
});
