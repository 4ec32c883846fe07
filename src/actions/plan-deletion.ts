import { letBeIn } from '../cases/answering/waiver.js';
import { instant, type Case, type CaseIn, type CaseScenario, type Instant } from '../cases/case.js';
import { DAY_MS } from '../config/durations.js';
import { after } from '../cases/instants.js';
import { timeOf } from '../cases/step-progress.js';
import type { CaseStep } from '../cases/step.js';
import type { Policy } from '../config/policy.js';

/** Nobody who may still work here loses their account. */
const GONE: ReadonlySet<CaseScenario> = new Set(['leftCompany', 'disabledButLicensed']);

/** Whether the account of a case like this is deleted in the end. Pure. */
export function deletesAccount(
  { scenario }: Pick<Case, 'scenario'>,
  { timetable }: Pick<Policy, 'timetable'>,
): boolean {
  return timetable.delete !== 'never' && GONE.has(scenario);
}

type Decided = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;
type Rules = Pick<Policy, 'timetable'>;

/**
 * The deletion that follows on a case's undo window: `timetable.delete` after the decision at the earliest. undefined:
 * none does, or it was done, or the policy came to delete accounts only after the decision, so that nobody has decided
 * that this one goes. Pure; safety rule 7 and field.md F59.
 */
export function deletionOf(c: CaseIn<'holding'>, policy: Rules, now: Date): CaseStep | undefined {
  const isPlanned = c.steps.some(({ step }) => step.kind === 'deleteAccount');
  const notBefore = isPlanned ? undefined : dateOfDeletion(c, instant(now), policy);
  if (notBefore === undefined) return undefined;
  return { step: { kind: 'deleteAccount', userId: c.userId }, progress: { is: 'planned' }, notBefore };
}

/** When the account of a case goes, or went; undefined: it stays. Pure. */
export function deletedAt(c: Decided, policy: Rules): Instant | undefined {
  const planned = c.steps.find(({ step }) => step.kind === 'deleteAccount');
  if (planned !== undefined) return planned.progress.is === 'skipped' ? undefined : timeOf(planned);
  const last = c.steps.map(timeOf).toSorted().at(-1);
  if (last === undefined) return undefined;
  const held = c.state === 'holding' ? c.holdUntil : after(last, policy.timetable.hold);
  return dateOfDeletion(c, held, policy);
}

/** @param held when the undo window ends */
function dateOfDeletion(c: Decided, held: Instant, policy: Rules): Instant | undefined {
  if (letBeIn(c).some(({ waived }) => waived.of === 'rest')) return undefined;
  return c.deletes === true ? deletionAfter(c, { decided: c.decision.at, held }, policy) : undefined;
}

/** When the account goes of a case that is decided then and whose undo window ends then; undefined: it stays. Pure. */
export function deletionAfter(
  c: Pick<Case, 'scenario'>,
  { decided, held }: { readonly decided: Instant; readonly held: Instant },
  policy: Rules,
): Instant | undefined {
  const wait = policy.timetable.delete;
  if (wait === 'never' || !deletesAccount(c, policy)) return undefined;
  const waited = after(decided, wait);
  return waited > held ? waited : held;
}

/** A deleted account can be restored for 30 days (microsoft-graph.md 5), which have begun before it is seen to be gone. */
const MOST_HOLD_MS = 29 * DAY_MS;

/** How long everything can be undone once all steps are done. Pure. */
export function holdOf({ steps }: Pick<Decided, 'steps'>, { timetable: { hold } }: Rules): number {
  const deletion = steps.find(({ step }) => step.kind === 'deleteAccount');
  // One that was not needed has changed nothing that an undo window would be for.
  if (deletion?.progress.is === 'skipped') return 0;
  return deletion === undefined ? hold : Math.min(hold, MOST_HOLD_MS);
}
