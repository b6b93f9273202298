/** Which way something travels: the gateway writes requests and reads answers. */
export type Direction = 'request' | 'answer';

/** What a change is about; a property or a value by the name that our document has for its schema. */
export type Subject = { operationId: string } | { schema: string; property: string; direction: Direction };

/** One difference between two documents. */
export interface Change {
  kind: 'appeared' | 'vanished' | 'changed';
  /** Such as `parameter limit of GET /v4/provisioning/customers`. */
  what: string;
  /** How it was and is, where it is still there. */
  from?: string;
  to?: string;
  subject: Subject;
  /** Whether it can break who uses it; what is only more than before can't. */
  canBreak: boolean;
}
