/**
 * The network of an address, which one stranger is likely to have: an IPv4 address itself, the first 64 bits of an IPv6
 * one. `::ffff:192.0.2.1` → `192.0.2.1`, `2001:db8::1` → `2001:db8:0:0`.
 */
export function toNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [left = [], right] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = right ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  return [...left, ...zeros, ...(right ?? [])].slice(0, 4).join(':');
}
