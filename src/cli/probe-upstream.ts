import type { Finding } from '../config/upstream-profile.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import { judgeFilter } from '../loaders/batch/fetch-customers.js';
import { isUuid } from '../records/formats.js';
import { CUSTOMERS, WEBHOOKS } from '../upstream/target.js';
import { findDayOffset } from './find-day-offset.js';
import {
  idOf,
  isObject,
  isRejected,
  type JsonObject,
  List,
  ordersOf,
  swapCase,
  textOf,
  toDateFormat,
  Unknown,
} from './probe-answers.js';
import { type Ask, type ProbeAnswer, ProbeEnded } from './probe-requests.js';

type Value = string | number | boolean;
/** The first customers, in the order in which the upstream lists them. */
const SAMPLE_SIZE = 100;
const UTC = { 'x-sds-date-format': 'UTC' };
/** The document speaks of 500, and once of 1000; larger pages are not used. */
const DOCUMENTED_LIMIT = 500;
const LARGEST_LIMIT = 1_000;

/** Asks one upstream, and concludes. Each method throws Unknown, or what `Ask` does, if it cannot. */
class Probe {
  private sample: readonly JsonObject[] = [];
  private total = 0;
  private isCompressed = false;

  constructor(private readonly ask: Ask) {}

  async readSample(): Promise<void> {
    const query = { offset: 0, limit: SAMPLE_SIZE, include_attributes: false };
    const answer = await this.ask(CUSTOMERS, query, { ...UTC, 'accept-encoding': 'gzip' });
    const list = new List(answer);
    this.isCompressed = answer.headers['content-encoding'] === 'gzip';
    this.total = list.told('total');
    this.sample = list.items;
  }

  async version(): Promise<Value> {
    const { status, body } = await this.ask('/v4/public/software/version');
    const version = isObject(body) ? textOf(body, 'restApiVersion') : '';
    if (status !== 200) throw new Unknown(`the server answered with status ${status}`);
    if (!/^[\w.+-]{1,40}$/.test(version)) throw new Unknown('the server does not say its version');
    return version;
  }

  async compression(): Promise<Value> {
    this.customers(1);
    return this.isCompressed;
  }

  async order(): Promise<Value> {
    const orders = ordersOf(this.customers(3));
    return orders.length > 0 ? orders.join(', ') : 'another';
  }

  async utcForm(): Promise<Value> {
    const form = textOf(this.first(), 'createdAt').replace(/\d/g, '0');
    return /^[0T:.+Z-]{1,40}$/.test(form) ? form : 'another';
  }

  async uuidForm(): Promise<Value> {
    return this.customers(1).every((record) => isUuid(textOf(record, 'customerUuid'))) ? '8-4-4-4-12' : 'another';
  }

  async multiIdFilter(): Promise<Value> {
    const ids = this.customers(2).slice(0, 3).map(idOf);
    const answer = await this.filtered(`id:eq:${ids.join(':')}`, { limit: 10 });
    const found = isRejected(answer) ? [] : new List(answer).items.map(idOf);
    if (judgeFilter(ids, found) === 'works' && found.length === ids.length) return 'on';
    // Of those that did not come, one may have been deleted just now.
    for (const id of ids) {
      if ((await this.count(`id:eq:${id}`)) !== 1) throw new Unknown('a customer was not found by its own id, either');
    }
    return 'off';
  }

  async pageSize(): Promise<Value> {
    const answer = await this.filtered(`id:eq:${idOf(this.first())}`, { limit: LARGEST_LIMIT });
    if (isRejected(answer)) return this.largestAccepted();
    const told = new List(answer).told('limit');
    if (told < LARGEST_LIMIT) return told;
    // The range may repeat what was asked for: only the length of a list shows that it was cut.
    const { items } = new List(await this.ask(CUSTOMERS, { limit: LARGEST_LIMIT, include_attributes: false }));
    if (items.length === this.total && items.length <= DOCUMENTED_LIMIT) {
      throw new Unknown(`${this.total} customers are too few to see a list cut off`);
    }
    return items.length;
  }

  async overlongLimit(): Promise<Value> {
    const answer = await this.filtered(`id:eq:${idOf(this.first())}`, { limit: LARGEST_LIMIT + 1 });
    if (isRejected(answer)) return 'rejected';
    return new List(answer).told('limit') > LARGEST_LIMIT ? 'repeated by the range' : 'cut, as the range says';
  }

  async defaultLimit(): Promise<Value> {
    return new List(await this.filtered(`id:eq:${idOf(this.first())}`, {})).told('limit');
  }

  /** By one request without what the gateway always sends. */
  async defaults(): Promise<readonly Value[]> {
    this.customers(2);
    const list = new List(await this.ask(CUSTOMERS, { offset: 1, limit: 1 }));
    const [record = {}] = list.items;
    return [toDateFormat(record['createdAt']), list.told('offset') === 1, record['customerAttributes'] !== undefined];
  }

  async containsIgnoresCase(): Promise<Value> {
    const known = this.customers(1).find((record) => /^[a-z][\w -]{2,}$/i.test(textOf(record, 'companyName')));
    if (!known) throw new Unknown('none of the first customers has a name of plain letters');
    const name = textOf(known, 'companyName');
    const own = `id:eq:${idOf(known)}|companyName:cn:`;
    if ((await this.count(own + name)) !== 1) throw new Unknown('a customer was not found by its own name');
    return (await this.count(own + swapCase(name))) === 1;
  }

  async dayOffset(): Promise<Value> {
    const customers = this.customers(1).flatMap((record) => {
      const instant = Date.parse(textOf(record, 'createdAt'));
      return Number.isNaN(instant) ? [] : [{ id: idOf(record), instant }];
    });
    const isFrom = async (id: string, day: string): Promise<boolean> =>
      (await this.count(`id:eq:${id}|createdAt:ge:${day}`)) === 1;
    const id = idOf(this.first());
    if (!(await isFrom(id, '1970-01-01')) || (await isFrom(id, '2999-12-31'))) {
      throw new Unknown('the filter by day does not distinguish days');
    }
    const { min, max } = await findDayOffset(customers, isFrom);
    return `${min}..${max}`;
  }

  async unknownFilterField(): Promise<Value> {
    return isRejected(await this.filtered('noSuchField:eq:1')) ? 'rejected' : 'ignored';
  }

  async tenantEventTypes(): Promise<Value> {
    const { items } = new List(await this.ask(`${WEBHOOKS}/event_types`));
    return items.every((type) => type['usableTenantWebhook'] === true);
  }

  private async largestAccepted(): Promise<number> {
    for (const limit of [DOCUMENTED_LIMIT, 250, 100, 50]) {
      if (!isRejected(await this.filtered(`id:eq:${idOf(this.first())}`, { limit }))) return limit;
    }
    throw new Unknown('no limit of 50 or more was accepted');
  }

  private filtered(filter: string, range: { limit?: number } = { limit: 1 }): Promise<ProbeAnswer> {
    return this.ask(CUSTOMERS, { ...range, filter, include_attributes: false }, UTC);
  }

  private async count(filter: string): Promise<number> {
    return new List(await this.filtered(filter)).told('total');
  }

  private first(): JsonObject {
    return this.customers(1)[0] ?? {};
  }

  /** The sample. @throws Unknown if it has fewer customers */
  private customers(fewest: number): readonly JsonObject[] {
    if (this.sample.length >= fewest) return this.sample;
    throw new Unknown(`the token sees ${this.sample.length} customer(s), and this takes ${fewest}`);
  }
}

interface Step {
  /** Of the findings, in the order of what is returned. */
  names: readonly string[];
  run: (probe: Probe) => Promise<Value | readonly Value[]>;
}

/** What is looked for, the most useful first: requests are few. */
const STEPS: readonly Step[] = [
  { names: ['restApiVersion'], run: (probe) => probe.version() },
  { names: ['multiIdFilter'], run: (probe) => probe.multiIdFilter() },
  { names: ['pageSize'], run: (probe) => probe.pageSize() },
  { names: ['overlongLimit'], run: (probe) => probe.overlongLimit() },
  { names: ['defaultLimit'], run: (probe) => probe.defaultLimit() },
  { names: ['defaultDateFormat', 'repeatsOffset', 'attributesUnasked'], run: (probe) => probe.defaults() },
  { names: ['dayOffsetHours'], run: (probe) => probe.dayOffset() },
  { names: ['containsIgnoresCase'], run: (probe) => probe.containsIgnoresCase() },
  { names: ['defaultOrder'], run: (probe) => probe.order() },
  { names: ['utcForm'], run: (probe) => probe.utcForm() },
  { names: ['uuidForm'], run: (probe) => probe.uuidForm() },
  { names: ['gzip'], run: (probe) => probe.compression() },
  { names: ['unknownFilterField'], run: (probe) => probe.unknownFilterField() },
  { names: ['tenantEventTypesOnly'], run: (probe) => probe.tenantEventTypes() },
];

/** Why something stays unknown; undefined for a fault of our own. */
function toReason(error: unknown): string | undefined {
  if (error instanceof Unknown || error instanceof ProbeEnded) return error.message;
  if (!(error instanceof UpstreamFailure)) return undefined;
  return error.kind === 'timeout' ? 'the server did not answer in time' : `the request failed (${error.kind})`;
}

async function runStep(probe: Probe, { names, run }: Step): Promise<(readonly [string, Finding])[]> {
  try {
    const values = [await run(probe)].flat();
    return names.map((name, index) => [name, { value: values[index] ?? '' }]);
  } catch (error) {
    const unknown = toReason(error);
    if (unknown === undefined) throw error;
    return names.map((name) => [name, { unknown }]);
  }
}

/**
 * Asks the upstream what its document leaves open. `onFinding` is called with each finding as it is made.
 * @throws Unknown or UpstreamFailure if it does not list customers at all
 */
export async function probeUpstream(
  ask: Ask,
  onFinding: (name: string, finding: Finding) => void,
): Promise<Readonly<Record<string, Finding>>> {
  const probe = new Probe(ask);
  await probe.readSample();
  const findings: Record<string, Finding> = {};
  for (const step of STEPS) {
    for (const [name, finding] of await runStep(probe, step)) {
      findings[name] = finding;
      onFinding(name, finding);
    }
  }
  return findings;
}
