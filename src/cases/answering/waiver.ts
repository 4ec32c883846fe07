import type { GroupId } from '../../audit/person.js';
import type { Case, Instant, PersonRef } from '../case.js';

/** What an admin takes upon themself for one case, so that it goes on. */
export type Waived =
  /** Nobody has to say what becomes of the files in OneDrive. */
  | { readonly of: 'files' }
  /** What is in the mailbox fits a shared one without a license, or under what is given instead, or need not. */
  | { readonly of: 'mailbox' }
  /** The person need not be told before the steps. */
  | { readonly of: 'notice' }
  /** The account is deleted with everything that is still in it. */
  | { readonly of: 'account' }
  /** A group or team may stay without an owner. */
  | { readonly of: 'owned'; readonly groupId: GroupId }
  | LetBe;

/**
 * What a person was to do, and nobody does: it stays as it is. `task`: the step at hand, and the case goes on with the next
 * one. `rest`: every step that was not begun. `undo`: what cannot be given back.
 */
export interface LetBe {
  readonly of: 'task' | 'rest' | 'undo';
  readonly left: readonly LeftStep[];
  /** The step that a person had to do, where it was done by then: it is no part of what is left. Absent: there was none. */
  readonly found?: FoundStep;
}

/** `done`: it counts as done. `looksDone`: it does once it is sure, and goes on being looked at. */
export interface FoundStep {
  readonly index: number;
  readonly is: 'done' | 'looksDone';
}

export interface LeftStep {
  readonly index: number;
  /** What the step does, as in the history. */
  readonly words: string;
}

export interface Waiver {
  readonly waived: Waived;
  readonly by: PersonRef;
  readonly at: Instant;
  readonly reason: string;
}

/** true: an admin has waived that in this case. Pure. */
export function isWaived({ waivers = [] }: Pick<Case, 'waivers'>, wanted: Waived): boolean {
  return waivers.some(({ waived }) => keyOf(waived) === keyOf(wanted));
}

/** true: this was let be after that time, so that nobody who says it twice lets the next thing be as well. Pure. */
export function isLetBe(
  { waivers = [] }: Pick<Case, 'waivers'>,
  which: 'task' | 'rest',
  since: Instant,
): boolean {
  return waivers.some(({ waived: { of }, at }) => (of === which || of === 'undo') && at >= since);
}

/** What stays as it is in a case, because an admin let it be. Pure. */
export function letBeIn({
  waivers = [],
}: {
  readonly waivers?: Case['waivers'] | undefined;
}): readonly (Waiver & { readonly waived: LetBe })[] {
  return waivers.filter((each): each is Waiver & { readonly waived: LetBe } => 'left' in each.waived);
}

function keyOf(waived: Waived): string {
  return waived.of === 'owned' ? waived.groupId : waived.of;
}
