export interface RedisNode {
  host: string;
  port: number;
}

export interface RedisCredentials {
  username?: string;
  password?: string;
}

interface TargetParts {
  nodes: readonly RedisNode[];
  isTls: boolean;
  database: number;
  credentials: RedisCredentials;
}

/** Where Redis is. Printing it, in whatever way, shows neither user nor password. */
export class RedisTarget {
  readonly nodes: readonly RedisNode[];
  readonly isTls: boolean;
  readonly database: number;
  readonly #credentials: RedisCredentials;

  constructor({ nodes, isTls, database, credentials }: TargetParts) {
    this.nodes = nodes;
    this.isTls = isTls;
    this.database = database;
    this.#credentials = credentials;
  }

  get credentials(): RedisCredentials {
    return this.#credentials;
  }

  /** Whether it is a cluster: it is where more than one node was named. */
  get isCluster(): boolean {
    return this.nodes.length > 1;
  }
}
