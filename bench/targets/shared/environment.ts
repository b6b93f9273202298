/** What every target is told: where to listen and where the upstream is. */
export const PORT = Number(process.env['PORT']);
export const UPSTREAM_URL = process.env['UPSTREAM_URL'] ?? '';
/** As many as the gateway's default, for every target. */
export const UPSTREAM_CONNECTIONS = 256;
export const TOKEN_HEADER = 'x-sds-service-token';
