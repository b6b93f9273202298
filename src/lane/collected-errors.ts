import type { GraphQLError, ResponsePath } from 'graphql';

/** The errors of one execution, without those below a position that an earlier error has made null already. */
export class CollectedErrors {
  readonly all: GraphQLError[] = [];
  readonly #nulled = new Set<ResponsePath | undefined>();

  /** Keeps an error that makes `path` null; undefined stands for the whole of `data`. Paths are told apart by identity. */
  add(error: GraphQLError, path: ResponsePath | undefined): void {
    if (this.#isNulled(path)) return;
    this.#nulled.add(path);
    this.all.push(error);
  }

  #isNulled(path: ResponsePath | undefined): boolean {
    if (this.#nulled.size === 0) return false;
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return true;
    return this.#nulled.has(undefined);
  }
}
