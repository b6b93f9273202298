import type { IncomingMessage } from 'node:http';
import { createAcceptedCredentials } from '../../src/auth/accepted-credentials.js';
import { callerWith, type Caller } from '../../src/auth/caller.js';
import { GatewayError } from '../../src/errors/gateway-error.js';
import { createCallerAdmission, type AdmissibleRequest } from '../../src/http/rate-limit/create-caller-admission.js';
import { toNetwork } from '../../src/http/rate-limit/to-network.js';

const VERIFIED: Caller = { ...callerWith('own'), identity: 'issuer and subject' };

interface Setup {
  authenticate?: () => Caller | Promise<Caller>;
  hasCallerLimit?: boolean;
  isAllowed?: boolean;
}

/** An admission that writes down its steps in their order. */
function setUp({ authenticate = async () => VERIFIED, hasCallerLimit = true, isAllowed = true }: Setup) {
  const steps: string[] = [];
  const limiterOf = (name: string) => ({
    async admit(key: string) {
      steps.push(`${name} ${key.replace(/:.*/, '')}`);
      return isAllowed ? ({ isAllowed: true } as const) : ({ isAllowed: false, retryAfterSeconds: 2 } as const);
    },
    async giveBack() {
      steps.push(`${name} back`);
    },
  });
  const accepted = createAcceptedCredentials();
  const admission = createCallerAdmission({
    authenticate() {
      steps.push('authenticate');
      return authenticate();
    },
    credentialHeader: 'authorization',
    accepted,
    addressLimiter: limiterOf('address'),
    callerLimiter: hasCallerLimit ? limiterOf('caller') : undefined,
    onRefused: () => void steps.push('refused'),
  });
  const request = {
    headers: { authorization: 'Bearer x' },
    rawHeaders: [],
    socket: { remoteAddress: '192.0.2.1' } as IncomingMessage['socket'],
  } satisfies AdmissibleRequest;
  return { steps, accepted, admit: () => admission.admit(request, { identity: undefined }) };
}

describe('the admission of callers', () => {
  it('counts the address, authenticates, and counts the caller, in this order', async () => {
    const { steps, admit } = setUp({});
    expect(await admit()).toBe(VERIFIED);
    expect(steps).toEqual(['address address', 'authenticate', 'address back', 'caller subject']);
    steps.length = 0;
    await admit();
    expect(steps).toEqual(['authenticate', 'caller subject']);
  });

  it('authenticates nothing that the address has no request left for', async () => {
    const { steps, admit } = setUp({ isAllowed: false });
    await expect(admit()).rejects.toMatchObject({ code: 'RATE_LIMITED', extensions: { retryAfterSeconds: 2 } });
    expect(steps).toEqual(['address address', 'refused']);
  });

  it('answers at once for an accepted service token without a limit of its own', () => {
    const caller = { ...callerWith('token'), isVerified: false };
    const { admit, accepted } = setUp({ authenticate: () => caller, hasCallerLimit: false });
    accepted.add('Bearer x');
    expect(admit()).toBe(caller);
  });

  it.each([
    [401, ['authenticate', 'address address', 'authenticate']],
    [503, ['authenticate', 'authenticate']],
  ])('after a refusal with %i takes these steps: %j', async (httpStatus, expected) => {
    const refuse = () => Promise.reject(new GatewayError('UNAUTHENTICATED', 'no', { httpStatus }));
    const { steps, admit, accepted } = setUp({ authenticate: refuse });
    accepted.add('Bearer x');
    for (let time = 0; time < 2; time += 1) await expect(admit()).rejects.toThrow('no');
    expect(steps).toEqual(expected);
  });

  it('counts callers without an identity by service token, and those with neither by address', async () => {
    for (const [caller, key] of [
      [{ ...callerWith('token'), isVerified: false }, 'caller token'],
      [callerWith('own'), 'caller anonymous address'],
      [{ ...callerWith(undefined), isVerified: false }, 'caller anonymous address'],
    ] as const) {
      const { steps, admit } = setUp({ authenticate: () => caller });
      await admit();
      expect(steps.at(-1)).toBe(key);
    }
  });
});

describe('toNetwork', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::5:0:0:0:1', '2001:db8:0:5'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['', ''],
  ])('takes %s for %s', (address, network) => expect(toNetwork(address)).toBe(network));
});
