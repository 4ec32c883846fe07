import type { Instant } from '../../cases/case.js';
import type { Before, Step } from '../../cases/step.js';
import type { Doors } from '../../cases/doors.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';

/** What an effect may touch. */
export type EffectDoors = Pick<Doors, 'graph' | 'exchange'>;

/** What became of a call to the tenant. */
export type EffectAnswer =
  | { readonly kind: 'accepted' }
  /** Not for software, now or later: a person does it, and software looks until it is so. */
  | { readonly kind: 'byHand'; readonly task: string }
  /** A person has to look at it; nothing tells when it is put right. */
  | {
      readonly kind: 'refused';
      readonly task: string;
      /** But this does: a seat has to be free. */
      readonly forWant?: 'ofSeats';
    };

/** What the tenant says now. */
export type Look = 'yes' | 'no' | 'personGone';

/** One kind of step at work. Every call may be repeated: what is so already is not changed again. */
export interface Effect<S extends Step> {
  /**
   * A call that goes out before the one of `act`, of which nothing is ever given back. Absent: one call is all. The case
   * is held anew between the two, for somebody may have taken it meanwhile.
   */
  first?(doors: EffectDoors, step: S): Promise<EffectAnswer>;
  act(doors: EffectDoors, step: S, before: Before): Promise<EffectAnswer>;
  /**
   * Is what the step wants so? `since`: when the step was begun, or when it was first seen to be so.
   */
  tookEffect(doors: EffectDoors, step: S, before: Before, since: Instant): Promise<Look>;
  /** Has what the step did come undone by itself, whoever is still there? Absent: it does not. */
  hasReverted?(doors: EffectDoors, step: S): Promise<boolean>;
  giveBack(doors: EffectDoors, step: S, before: Before): Promise<EffectAnswer>;
  /** Whether there are seats for what `before` gives back. Absent: it needs none. */
  hasSeatsFor?(doors: EffectDoors, step: S, before: Before): Promise<boolean>;
  /** Is everything as `before` says? `since`: when its undo was begun, or when it was first seen to be so. */
  isGivenBack(doors: EffectDoors, step: S, before: Before, since: Instant): Promise<Look>;
  /**
   * What stands here of something that another directory writes over, in one reading. undefined, and where it is absent:
   * nothing writes over it.
   * @param want whether the step's effect is looked for, or that everything is as before it
   */
  overwritten?(doors: EffectDoors, step: S, want: 'effect' | 'giveBack'): Promise<Overwritten | undefined>;
}

/** As it stands since `writtenAt`, when the other directory last wrote over it: only a later time proves anything. */
export interface Overwritten {
  readonly isSo: boolean;
  readonly writtenAt: Instant;
}

export const ACCEPTED: EffectAnswer = { kind: 'accepted' };
export const ACCOUNT_GONE: EffectAnswer = {
  kind: 'refused',
  task: 'The account no longer exists: restore it first, then undo.',
};

export function look(isSo: boolean): Look {
  return isSo ? 'yes' : 'no';
}

/** How an effect says what the directory or Exchange did not do. */
export interface ChangeWords {
  readonly gone: string;
  readonly refused: (message: string) => Exclude<EffectAnswer, { kind: 'accepted' }>;
}

/** What a change came to; what is so already counts as made. Pure. */
export function answerTo(answer: ChangeAnswer, { gone, refused }: ChangeWords): EffectAnswer {
  switch (answer.kind) {
    case 'accepted':
    case 'unchanged':
      return ACCEPTED;
    case 'personGone':
      return { kind: 'refused', task: gone };
    case 'refused':
      return refused(answer.message);
    default:
      return answer satisfies never;
  }
}
