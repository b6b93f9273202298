import type { Customer, KeyValue, User } from './model.js';

/** Where a store's first content comes from; attributes and users are asked for only when someone looks at them. */
export interface CustomerSeed {
  /** In ascending order of id. */
  readonly customers: readonly Customer[];
  /** Ids of created customers start here. */
  readonly nextId: bigint;
  attributesOf(id: bigint): readonly KeyValue[];
  usersOf(id: bigint): readonly User[];
  /** The only seeded customer which may have a user of this name. */
  customerOfUserName(userName: string): bigint | undefined;
}

/** One provider's customers with their attributes and users, in ascending order of id. */
export class CustomerStore {
  readonly #seed: CustomerSeed;
  readonly #ordered: Customer[];
  readonly #byId = new Map<bigint, Customer>();
  readonly #attributes = new Map<bigint, readonly KeyValue[]>();
  readonly #users = new Map<bigint, readonly User[]>();
  readonly #createdUserNames = new Map<string, bigint>();
  #nextId: bigint;
  #version = 0;

  constructor(seed: CustomerSeed) {
    this.#seed = seed;
    this.#ordered = [...seed.customers];
    for (const customer of this.#ordered) this.#byId.set(customer.id, customer);
    this.#nextId = seed.nextId;
  }

  /** Grows with every write, so that a view of the list can say whether it is still right. */
  get version(): number {
    return this.#version;
  }

  /** All customers; the array itself, not a copy. */
  all(): readonly Customer[] {
    return this.#ordered;
  }

  get(id: bigint): Customer | undefined {
    return this.#byId.get(id);
  }

  attributesOf(id: bigint): readonly KeyValue[] {
    return remember(this.#attributes, id, () => this.#seed.attributesOf(id));
  }

  usersOf(id: bigint): readonly User[] {
    return remember(this.#users, id, () => this.#seed.usersOf(id));
  }

  /** The customer which has a user of exactly this name. */
  ownerOfUserName(userName: string): bigint | undefined {
    const owner = this.#createdUserNames.get(userName) ?? this.#seed.customerOfUserName(userName);
    if (owner === undefined || !this.#byId.has(owner)) return undefined;
    return this.usersOf(owner).some((user) => user.userName === userName) ? owner : undefined;
  }

  takeId(): bigint {
    const id = this.#nextId;
    this.#nextId += 1n;
    return id;
  }

  insert(customer: Customer, attributes: readonly KeyValue[], users: readonly User[]): void {
    this.#ordered.splice(this.#indexOf(customer.id), 0, customer);
    this.#byId.set(customer.id, customer);
    this.#attributes.set(customer.id, attributes);
    this.#users.set(customer.id, users);
    for (const user of users) this.#createdUserNames.set(user.userName, customer.id);
    this.#version += 1;
  }

  replace(customer: Customer): void {
    this.#ordered[this.#indexOf(customer.id)] = customer;
    this.#byId.set(customer.id, customer);
    this.#version += 1;
  }

  replaceAttributes(id: bigint, attributes: readonly KeyValue[]): void {
    this.#attributes.set(id, attributes);
    this.#version += 1;
  }

  remove(id: bigint): void {
    this.#ordered.splice(this.#indexOf(id), 1);
    this.#byId.delete(id);
    this.#attributes.delete(id);
    this.#users.delete(id);
    this.#version += 1;
  }

  /** Binary search: where the id is, or belongs. */
  #indexOf(id: bigint): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.#ordered[middle];
      if (candidate !== undefined && candidate.id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function remember<V>(known: Map<bigint, V>, id: bigint, make: () => V): V {
  const present = known.get(id);
  if (present !== undefined) return present;
  const made = make();
  known.set(id, made);
  return made;
}
