import type { AnswerSource } from './answer.js';
import { BoundCall, type EndpointRequest } from './bound-call.js';
import type { SharedRead } from './coalescer.js';
import { decode, type Decoded, type ShapeName } from './decode.js';
import type { HeaderList, UpstreamRequest } from './http-client.js';
import type { Lifetime, TimedLifetime } from './resilience/lifetime.js';
import type { ResilientClient } from './resilience/resilient-client.js';
import { RecordMatcher } from './text/record-matcher.js';
import { splitList } from './text/split-list.js';
import { toRecordText } from './text/to-record-text.js';
import type { UpstreamBinding } from './upstream-binding.js';

type ReadText = (bytes: Buffer) => AnswerSource | undefined;

const CUSTOMERS = new RecordMatcher();
const USERS = new RecordMatcher();

const readCustomer: ReadText = (bytes) => toRecordText(bytes, CUSTOMERS);
const readCustomers: ReadText = (bytes) => splitList(bytes, CUSTOMERS);

/** Answers that are worth leaving as text: most of what is in them is asked for by nobody. */
const TEXTS: ReadonlyMap<ShapeName, ReadText> = new Map<ShapeName, ReadText>([
  ['Customer', readCustomer],
  ['CustomerWithoutAttributes', readCustomer],
  ['CustomerList', readCustomers],
  ['CustomerListWithoutAttributes', readCustomers],
  ['UserList', (bytes) => splitList(bytes, USERS)],
]);

/** A GET, which is shared with equal ones under way. */
export class BoundRead<N extends ShapeName>
  extends BoundCall
  implements SharedRead<Decoded<N>>, UpstreamRequest<Decoded<N>>
{
  constructor(
    private readonly client: ResilientClient,
    binding: UpstreamBinding,
    request: EndpointRequest,
    headers: HeaderList,
    private readonly shape: N,
  ) {
    super(binding, request, headers);
  }

  get key(): string {
    return this.target;
  }

  get lifetime(): TimedLifetime {
    return this.binding.lifetime;
  }

  read(lifetime: Lifetime): Promise<Decoded<N>> {
    const { isBackground, pace } = this.binding;
    return this.client.send<Decoded<N>>(this, { priority: isBackground ? 'background' : 'read', lifetime, pace });
  }

  toValue(body: unknown): Decoded<N> {
    return this.decode(this.shape, body);
  }

  fromBytes(bytes: Buffer): Decoded<N> | undefined {
    const source = TEXTS.get(this.shape)?.(bytes);
    if (!source) return undefined;
    this.binding.unknownFields.inspect(this.operationId, this.shape, () => JSON.parse(bytes.toString()) as unknown);
    return decode(this.shape, source);
  }
}
