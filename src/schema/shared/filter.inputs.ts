import { Field, ID, InputType, Int } from 'type-graphql';
import { CalendarDate, Long } from './scalars.js';

const EXACT = 'Equal to this value.';
const CONTAINS = 'Contains this text. Must not hold "|" or ":".';
const FROM = 'At least this value.';
const TO = 'At most this value.';

@InputType({ description: 'Matches one id.' })
export class IdFilter {
  @Field(() => ID, { nullable: true, description: EXACT })
  eq?: string;
}

@InputType({ description: 'Matches one id or several.' })
export class IdsFilter {
  @Field(() => ID, { nullable: true, description: EXACT })
  eq?: string;

  @Field(() => [ID], { nullable: true, description: 'Equal to any of these.' })
  in?: string[];
}

@InputType({ description: 'Matches a text as a whole.' })
export class ExactTextFilter {
  @Field(() => String, { nullable: true, description: 'Equal to this text. Must not hold "|" or ":".' })
  eq?: string;
}

@InputType({ description: 'Matches a part of a text.' })
export class ContainsFilter {
  @Field(() => String, { nullable: true, description: CONTAINS })
  contains?: string;
}

@InputType({ description: 'Matches a text, as a whole or a part of it.' })
export class TextFilter {
  @Field(() => String, { nullable: true, description: 'Equal to this text. Must not hold "|" or ":".' })
  eq?: string;

  @Field(() => String, { nullable: true, description: CONTAINS })
  contains?: string;
}

@InputType({ description: 'Matches true or false.' })
export class BooleanFilter {
  @Field(() => Boolean, { nullable: true, description: EXACT })
  eq?: boolean;
}

@InputType({ description: 'Matches a number.' })
export class IntFilter {
  @Field(() => Int, { nullable: true, description: EXACT })
  eq?: number;
}

@InputType({ description: 'Matches a range of numbers; both ends belong to it.' })
export class IntRangeFilter {
  @Field(() => Int, { nullable: true, description: FROM })
  gte?: number;

  @Field(() => Int, { nullable: true, description: TO })
  lte?: number;
}

@InputType({ description: 'Matches a range of 64-bit numbers; both ends belong to it.' })
export class LongRangeFilter {
  @Field(() => Long, { nullable: true, description: FROM })
  gte?: number | bigint;

  @Field(() => Long, { nullable: true, description: TO })
  lte?: number | bigint;
}

@InputType({ description: 'Matches a range of days; both ends belong to it.' })
export class DateRangeFilter {
  @Field(() => CalendarDate, { nullable: true, description: 'On this day or later.' })
  gte?: Date;

  @Field(() => CalendarDate, { nullable: true, description: 'On this day or earlier.' })
  lte?: Date;
}

@InputType({ description: 'Matches a day or a range of days; both ends belong to it.' })
export class DateFilter extends DateRangeFilter {
  @Field(() => CalendarDate, { nullable: true, description: 'On this day.' })
  eq?: Date;
}

@InputType({ description: 'Matches customers by whether they have an attribute.' })
export class AttributeKeyFilter {
  @Field(() => String, { nullable: true, description: 'Has an attribute with this key.' })
  eq?: string;

  @Field(() => String, { nullable: true, description: 'Has no attribute with this key.' })
  notExists?: string;
}
