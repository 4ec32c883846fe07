import { DAY_MS } from '../config/durations.js';
import type { Case, CaseIn, Instant } from './case.js';
import { mayTakeMailbox } from './content-carrier.js';
import { after } from './instants.js';
import { timeOf } from './step-progress.js';

type Stepped = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** Days for which Exchange keeps a mailbox that lost its license (microsoft-graph.md 6). */
const MAIL_DAYS = 30;

/** Until when the mail comes back with an undo; undefined: it does not go, or nobody has taken its license yet. Pure. */
export function mailBackUntil(c: Stepped): Instant | undefined {
  const { decision, mailbox, steps } = c;
  const isShared = steps.some(
    ({ step, progress }) => step.kind === 'convertMailbox' && progress.is === 'done',
  );
  if (decision.kind === 'give' || mailbox === 'shared' || mailbox === 'noMailbox' || isShared)
    return undefined;
  const carriers = c.licenses.filter((license) => mayTakeMailbox(c, license, decision.kind));
  const taken = steps.find(
    ({ step, progress }) =>
      (step.kind === 'removeLicenses' || step.kind === 'leaveGroup') &&
      progress.is === 'done' &&
      step.licenses.some(({ skuId }) => carriers.some((license) => license.skuId === skuId)),
  );
  return taken && after(timeOf(taken), MAIL_DAYS * DAY_MS);
}

/** Of an undo that is asked for at a time: mail from before does not come back with it. Pure. */
export function mailGoneAt(c: Stepped, at: Instant): Pick<CaseIn<'undoing'>, 'mailGone'> {
  const until = mailBackUntil(c);
  return until !== undefined && until < at ? { mailGone: true } : {};
}

/** The same of a case in which it was found so. */
export function mailGoneIn(c: Case): { readonly mailGone?: true } {
  return 'mailGone' in c && c.mailGone === true ? { mailGone: true } : {};
}
