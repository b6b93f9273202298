import type { IncomingMessage } from 'node:http';

/** Who sent a request, and what they may do. */
export interface Caller {
  /** What goes upstream for this caller; undefined for an anonymous one, who may ask for the schema only. */
  serviceToken: string | undefined;
  /** Issuer and subject of a bearer token; undefined if the service token alone tells callers apart. */
  identity: string | undefined;
  /** Whether the gateway itself has accepted the caller; if not, the upstream judges the service token. */
  isVerified: boolean;
  /** What the caller was granted; undefined if the service token alone decides. */
  scopes: ReadonlySet<string> | undefined;
  /** Ids of the customers that the caller is limited to; undefined for one who is not limited. */
  customerIds: ReadonlySet<string> | undefined;
  /** In milliseconds of the epoch, from when on the credential is no good; undefined if that is not known. */
  expiresAtMs: number | undefined;
  /** What an anonymous caller has to send. */
  signIn: string;
  /** The same for machines: the value of `WWW-Authenticate` of a response with status 401. */
  challenge: string;
}

/** The caller of a request, at once if possible. @throws GatewayError BAD_REQUEST or UNAUTHENTICATED, likewise */
export type Authenticate = (request: Pick<IncomingMessage, 'rawHeaders'>) => Caller | Promise<Caller>;

/** The gateway itself, or anyone else has this credential, without any limits of its own. */
export function callerWith(serviceToken: string | undefined): Caller {
  return {
    serviceToken,
    identity: undefined,
    isVerified: true,
    scopes: undefined,
    customerIds: undefined,
    expiresAtMs: undefined,
    signIn: '',
    challenge: '',
  };
}
