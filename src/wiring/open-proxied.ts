import { EnvHttpProxyAgent, type Agent, type Dispatcher } from 'undici';
import type { ProxySettings } from '../config/proxy-settings.js';

/** Opens a dispatcher that goes through a proxy where the settings say so. */
export type OpenProxied = (options: Agent.Options) => Dispatcher;

/** Undefined without a proxy. */
export function toOpenProxied(proxies: ProxySettings | undefined): OpenProxied | undefined {
  return proxies && ((options) => new EnvHttpProxyAgent({ ...options, ...proxies }));
}
