import { shownValue } from './shown-value.js';

/** true for addresses that cannot leave this machine. */
export function isLoopbackHost(host: string): boolean {
  return (
    host.toLowerCase() === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}

/** A user, password or query would be a secret in a place where addresses are shown and logged. */
export function plainAddress(name: string, address: string | undefined): readonly string[] {
  if (address === undefined) return [];
  const { username, password, search, hash } = new URL(address);
  if (`${username}${password}${search}${hash}` === '') return [];
  return [`${name} is set to an address with a user, a query or a fragment: use the address alone.`];
}

export function httpsOrLoopback(name: string, address: string | undefined): readonly string[] {
  if (address === undefined) return [];
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))) return [];
  return [`${name} is ${shownValue(name, address)}: use https, or http only to this machine (127.0.0.1).`];
}

/** Paths of ours are put behind it. */
export function withoutPath(name: string, address: string | undefined): readonly string[] {
  if (address === undefined || new URL(address).pathname === '/') return [];
  return [`${name} is ${shownValue(name, address)}: use the address of the host alone, without a path.`];
}
