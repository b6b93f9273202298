import { badUserInput } from '../../errors/gateway-error.js';
import { isUpstreamId } from '../../upstream/path-params.js';

/** An id argument in the only form that the upstream has: a positive 64-bit integer in decimal. @throws BAD_USER_INPUT */
export function toUpstreamId(id: string, argument: string): string {
  if (isUpstreamId(id)) return id;
  throw badUserInput(`${argument} must be a positive 64-bit integer in decimal digits.`, argument);
}
