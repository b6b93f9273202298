import { NULL_BY_ERROR, ONE_REQUEST, PLAIN, type FieldPolicies, type NounPolicy } from '../shared/policy.js';
import type { SystemResolver, UpstreamVersion } from './system.resolver.js';

export const SYSTEM_POLICY: NounPolicy = {
  UpstreamVersion: {
    fields: {
      restApiVersion: PLAIN,
      sdsServerVersion: PLAIN,
      version: PLAIN,
      buildDate: PLAIN,
      isDracoonCloud: { firstVersion: '4.24.0' },
    } satisfies FieldPolicies<UpstreamVersion>,
  },
  Query: {
    fields: {
      upstreamVersion: {
        access: 'authenticated',
        directives: `${ONE_REQUEST} ${NULL_BY_ERROR}`,
        upstream: ['requestSoftwareVersion'],
        requests: 1,
      },
    } satisfies FieldPolicies<SystemResolver>,
  },
};
