import { UpstreamFailure } from '../errors/upstream-failure.js';

/** What an operator may look at, by the code of a system, TLS or HTTP error; the first that matches. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/^(?:ENOTFOUND|EAI_)/, 'the host name is not found'],
  [/^ECONNREFUSED$/, 'nothing listens there: the connection is refused'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'no route to this network'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'no response: a firewall may drop the packets'],
  [/^CERT_HAS_EXPIRED$/, 'the certificate has expired'],
  [/^CERT_NOT_YET_VALID$/, 'the certificate is not valid yet: a clock may be wrong'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'the certificate is for another host name'],
  [
    /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|^CERT_/,
    'the certificate is not trusted: NODE_EXTRA_CA_CERTS adds an authority',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/,
    'the port does not speak TLS: the address may have to start with http',
  ],
  [/UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE/, 'client and server share no TLS version'],
  [/^(?:ERR_SSL_|EPROTO)/, 'the TLS handshake fails'],
  [/^HTTPParserError$/, 'the port does not speak HTTP: the address may have to start with https'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'the connection is closed without an answer'],
  [/^UND_ERR_(?:ABORTED|PRX_TLS)$/, 'the proxy does not make a tunnel'],
];

/** Errors that were caused by each other. */
const MAX_CAUSES = 5;

const WRONG_PATH = 'the path of UPSTREAM_URL may be wrong: that of DRACOON ends in /api';

/** The same by the status of the version call, which needs no credential. */
function hintOfStatus(status: number): string | undefined {
  if (status >= 300 && status < 400)
    return 'it redirects: UPSTREAM_URL may have to start with https, or name another host';
  if (status === 404 || status === 405) return WRONG_PATH;
  if (status === 401 || status === 403 || status === 407) return 'a proxy in front of DRACOON rejects the gateway';
  return undefined;
}

interface ErrorLike {
  name?: unknown;
  code?: unknown;
  cause?: unknown;
  errors?: readonly unknown[];
}

/** The code of an error or of what has caused it. */
function codeOf(error: unknown, depth = 0): string | undefined {
  const { name, code, cause, errors } = Object(error) as ErrorLike;
  // The codes of undici's parser are many, and some are missing.
  if (name === 'HTTPParserError') return name;
  if (typeof code === 'string') return code;
  const next = cause ?? errors?.[0];
  return next === undefined || depth === MAX_CAUSES ? undefined : codeOf(next, depth + 1);
}

/** Why the version call has failed, in words that hold no host: `{ cause: 'ENOTFOUND', hint: 'the host name is not found' }`. */
export function explainFailure(error: unknown): { cause?: string; hint?: string } {
  if (!(error instanceof UpstreamFailure)) return {};
  if (error.kind === 'not-json') return { hint: WRONG_PATH };
  if (error.kind === 'status') {
    const hint = hintOfStatus(error.status ?? 0);
    return hint === undefined ? {} : { hint };
  }
  const cause = codeOf(error.cause);
  const hint = cause === undefined ? undefined : CAUSES.find(([pattern]) => pattern.test(cause))?.[1];
  return { ...(cause !== undefined && { cause }), ...(hint !== undefined && { hint }) };
}
