import { Field, InputType, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A key and its value.' })
export class KeyValueEntry {
  @Field(() => String, { description: 'The key.' })
  key!: string;

  @Field(() => String, { description: 'The value; always a text.' })
  value!: string;
}

@InputType({ description: 'A key and its value.' })
export class KeyValueEntryInput {
  @Field(() => String, {
    description: 'At most 255 letters, digits, _ and -. Upper and lower case do not make keys different.',
  })
  key!: string;

  @Field(() => String, { description: 'The value; always a text, of at most 4096 characters.' })
  value!: string;
}
