import type { Caller } from '../auth/caller.js';
import type { OwnToken } from '../auth/credentials.js';
import { UpstreamFailure } from '../errors/upstream-failure.js';
import type { CallerScope } from '../loaders/caller-scope.js';
import { toCallerLabel } from '../telemetry/request-observer.js';
import { BoundClient, Turns } from '../upstream/calls/bound-client.js';
import { TimedLifetime } from '../upstream/resilience/lifetime.js';
import { type Upstream, createUpstream } from '../upstream/upstream.js';
import type { Shared } from './operation.js';

/** Says of a failure whose call it was. */
export function noteOrigin(failure: unknown, caller: Caller, ownToken: OwnToken, requestId?: string): void {
  if (!(failure instanceof UpstreamFailure)) return;
  const isOwnCredential = caller.serviceToken !== undefined && caller.serviceToken === ownToken.current();
  const name = caller.identity ?? (isOwnCredential ? undefined : caller.serviceToken);
  failure.origin ??= { requestId, caller: name === undefined ? undefined : toCallerLabel(name), isOwnCredential };
}

/** Reads outside of operations. */
export function createUnbudgeted(
  { client, config, ownToken, unknownFields, unverifiedValues, recordTexts }: Shared,
  caller: Caller,
  scope: CallerScope,
  isBackground: boolean,
): Upstream {
  const bound = new BoundClient(client, {
    serviceToken: caller.serviceToken,
    coalescer: scope.coalescer,
    caller: scope.credential.callerOf(caller.identity),
    lifetime: new TimedLifetime(performance.now() + config.requestTimeoutMs),
    turns: new Turns(config.upstream.maxPerOperation),
    writeTimeoutMs: config.requestTimeoutMs,
    isBackground,
    headers: [],
    traced: undefined,
    budget: undefined,
    trace: undefined,
    standing: scope.standing,
    noteFailure: (failure) => noteOrigin(failure, caller, ownToken),
    unknownFields,
    unverifiedValues,
    recordTexts,
    pageSize: config.upstream.pageSize,
  });
  return createUpstream(bound);
}
