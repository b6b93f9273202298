/** Where the data of this gateway comes from: its embedded sandbox, or a real upstream. */
export type UpstreamKind = 'sandbox' | 'remote';

/** Reads the content of the `gateway-upstream` meta tag; anything unknown counts as real, the careful reading. */
export function toUpstreamKind(content: string | undefined): UpstreamKind {
  return content === 'sandbox' ? 'sandbox' : 'remote';
}
