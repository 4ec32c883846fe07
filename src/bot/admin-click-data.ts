import { z } from 'zod';
import type { Switch, SwitchSeen } from '../cases/campaign/run-switch.js';

/** UTF-16 units of a reason on a button. */
const LONGEST = 2_000;

const Campaign = z.enum(['running', 'paused', 'stopped']);

const AdminClick = z.discriminatedUnion('do', [
  z.object({ do: z.literal('status') }),
  z.object({ do: z.literal('unprotect'), userId: z.string().min(1).max(60), at: z.string().max(40) }),
  z.object({
    do: z.literal('switch'),
    to: z.enum(['running', 'stopped']),
    was: Campaign,
    at: z.string().max(40),
    reason: z.string().max(LONGEST),
  }),
]);

/** What a button of an admin's card brings; it gives nobody a right. */
export type AdminClicked =
  | { readonly do: 'status' }
  /** `at`: of which moment the protection was. */
  | { readonly do: 'unprotect'; readonly userId: string; readonly at: string }
  | {
      readonly do: 'switch';
      readonly to: Exclude<Switch, 'paused'>;
      readonly reason: string | undefined;
      /** The switch as the card showed it. */
      readonly seen: SwitchSeen;
    };

/** undefined: no card of ours sends such a thing. */
export function readAdminClick(data: unknown): AdminClicked | undefined {
  const read = AdminClick.safeParse(data).data;
  if (read?.do !== 'switch') return read;
  const { to, was, at, reason } = read;
  return {
    do: 'switch',
    to,
    reason: reason === '' ? undefined : reason,
    seen: { campaign: was, at: at === '' ? undefined : at },
  };
}
