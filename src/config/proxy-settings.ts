import type { Values } from './variables.js';

/** The proxies of requests that the gateway makes; an empty text for none. */
export interface ProxySettings {
  httpProxy: string;
  /** Without one, `httpProxy` counts for https too. */
  httpsProxy: string;
  /** Hosts that are reached without a proxy, between commas; their subdomains too. */
  noProxy: string;
}

export function toProxies({ HTTP_PROXY, HTTPS_PROXY, NO_PROXY = '' }: Values): ProxySettings | undefined {
  if (!HTTP_PROXY && !HTTPS_PROXY) return undefined;
  return Object.freeze({ httpProxy: HTTP_PROXY?.href ?? '', httpsProxy: HTTPS_PROXY?.href ?? '', noProxy: NO_PROXY });
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The proxy of a URL, by the rules of undici's EnvHttpProxyAgent; undefined if it is reached directly. */
export function proxyOf({ httpProxy, httpsProxy, noProxy }: ProxySettings, url: URL): string | undefined {
  const port = url.port || DEFAULT_PORTS[url.protocol];
  const isDirect = noProxy.split(/[,\s]/).some((entry) => {
    const [, host = '', only = port] = /^(?:\*?\.)?(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    return host === '*' || (only === port && `.${url.hostname}`.endsWith(`.${host}`) && host !== '');
  });
  if (isDirect) return undefined;
  return (url.protocol === 'https:' && httpsProxy) || httpProxy || undefined;
}
