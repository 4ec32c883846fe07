import { z } from 'zod';
import { failureOf } from '../classify.js';
import type { Operation } from '../permissions.js';
import { parseAnswer } from '../wire.js';
import type { Wire } from '../wire.js';
import { exchangeErrorOf, refusalOf } from './words.js';
import type { Refusal } from './words.js';

export interface ExchangeLine {
  readonly wire: Wire;
  readonly tenantId: () => Promise<string>;
}

/** A cmdlet of Exchange Online, as its PowerShell module sends it. */
export interface Cmdlet {
  readonly operation: Extract<Operation, `exchange.${string}`>;
  readonly name: 'Get-Mailbox' | 'Get-MailboxStatistics' | 'Set-Mailbox';
  readonly parameters: Readonly<Record<string, string>>;
  /** Properties wanted of each row; absent: the cmdlet changes something and has none. */
  readonly select?: readonly string[];
}

export type CmdletAnswer =
  | { readonly kind: 'done'; readonly rows: readonly unknown[] }
  | { readonly kind: 'refused'; readonly why: Exclude<Refusal, 'noSuchCmdlet'> };

/** The mailbox that every organization has: where requests go that name nobody's address. */
const SYSTEM_MAILBOX = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';
const ROWS = z.object({ value: z.array(z.unknown()) });

/**
 * Runs one cmdlet. Repeating any of ours ends in the same state.
 * @throws GraphFailure for everything but what a step must tell apart
 */
export async function invoke({ wire, tenantId }: ExchangeLine, cmdlet: Cmdlet): Promise<CmdletAnswer> {
  const { operation, name, parameters, select } = cmdlet;
  const tenant = await tenantId();
  const query = select === undefined ? '' : `?$select=${select.join(',')}`;
  const answer = await wire.send({
    operation,
    family: 'exchange',
    method: 'POST',
    address: `${wire.base.href.replace(/\/$/, '')}/adminapi/beta/${encodeURIComponent(tenant)}/InvokeCommand${query}`,
    headers: { 'X-AnchorMailbox': `APP:${SYSTEM_MAILBOX}@${tenant}`, Prefer: 'odata.maxpagesize=1000' },
    body: { CmdletInput: { CmdletName: name, Parameters: parameters } },
    ...(select === undefined ? { write: 'repeatable' } : {}),
    alsoAccept: [400, 404],
    // Exchange says with 500, too, that there is no such mailbox.
    isFinal: ({ json }) => refusalOf(json) !== undefined,
  });
  if (answer.status < 300) return { kind: 'done', rows: parseAnswer(operation, ROWS, answer.json).value };
  const why = refusalOf(answer.json);
  // Cmdlets that the app's role does not contain do not exist for it.
  if (why === 'noSuchCmdlet') throw failureOf(operation, { ...answer, status: 403 });
  if (why !== undefined) return { kind: 'refused', why };
  throw failureOf(operation, { ...answer, json: { error: exchangeErrorOf(answer.json) } });
}
