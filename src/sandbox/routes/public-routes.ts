import { ApiFailure } from '../http/errors.js';
import type { Answer, PublicRequest, Route } from '../http/route.js';

const BUILT_AT = Date.UTC(2023, 4, 15, 9, 30);

const AUTH_METHODS = [
  { name: 'basic', isEnabled: true, priority: 1 },
  { name: 'active_directory', isEnabled: true, priority: 2 },
  { name: 'radius', isEnabled: false, priority: 3 },
  { name: 'openid', isEnabled: true, priority: 4 },
];

/** The two operations which need no token. */
export function createPublicRoutes(): Route[] {
  return [
    {
      operationId: 'requestSoftwareVersion',
      method: 'GET',
      path: '/v4/public/software/version',
      access: 'public',
      handle: getVersion,
    },
    {
      operationId: 'requestSystemInfo',
      method: 'GET',
      path: '/v4/public/system/info',
      access: 'public',
      handle: getSystemInfo,
    },
  ];
}

function getVersion({ writeDate }: PublicRequest): Answer {
  return {
    status: 200,
    body: {
      restApiVersion: '4.42.3',
      sdsServerVersion: '4.42.3',
      scmRevisionNumber: '5a6d0b1',
      buildDate: writeDate(BUILT_AT),
      isDracoonCloud: false,
    },
  };
}

function getSystemInfo({ query }: PublicRequest): Answer {
  const isEnabled = query.get('is_enabled') ?? 'false';
  if (!['true', 'false'].includes(isEnabled)) throw new ApiFailure('invalidBoolean');
  return {
    status: 200,
    body: {
      languageDefault: 'de-DE',
      hideLoginInputFields: false,
      s3Hosts: [],
      s3EnforceDirectUpload: false,
      useS3Storage: false,
      authMethods: AUTH_METHODS.filter((method) => isEnabled === 'false' || method.isEnabled),
    },
  };
}
