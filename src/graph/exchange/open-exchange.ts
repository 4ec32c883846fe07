import type { ExchangeDoor } from '../exchange-door.js';
import { openLine } from '../open-graph.js';
import type { GraphOptions } from '../open-graph.js';
import { convertMailbox, readMailbox } from './mailbox.js';

export interface ExchangeOptions extends GraphOptions {
  /** Whose mailboxes they are; asked with the first call. */
  readonly tenantId: () => Promise<string>;
}

export interface OpenExchange extends ExchangeDoor {
  /** Application permissions that the token for Exchange carries; undefined when it does not tell. */
  grantedPermissions(): Promise<ReadonlySet<string> | undefined>;
}

/**
 * Opens the door to Exchange Online: the same line as to Graph, with tokens for Exchange. Nothing is sent before the
 * first method is called.
 * @param options baseUrl: `https://outlook.office365.com`, or an http address on this machine for a simulated tenant
 * @throws Error with a sentence when the token may not go to `baseUrl`
 */
export function openExchange(options: ExchangeOptions): OpenExchange {
  const wire = openLine(options, 'Exchange');
  const line = { wire, tenantId: options.tenantId };
  return {
    mailbox: (userId) => readMailbox(line, userId),
    convert: (userId, to) => convertMailbox(line, userId, to),
    grantedPermissions: () => wire.granted(),
  };
}
