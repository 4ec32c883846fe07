import type { StateName } from './case.js';
import type { EventType } from './events.js';

/** What can happen in a state, and to which states it leads. */
type Leads = { readonly [E in EventType]?: readonly StateName[] };

/** The whole life of a case on one screen. Anything absent is refused. */
export const LIFE: { readonly [S in StateName]: Leads } = {
  opened: {
    askIntended: ['opened'],
    asked: ['asked'],
    notDelivered: ['opened'],
    passedOn: ['escalated'],
    sentToAdmins: ['adminReview'],
    cancelled: ['cancelled'],
  },
  asked: {
    askedAgain: ['asked'],
    reminderAsked: ['asked'],
    remindIntended: ['asked'],
    reminded: ['asked'],
    kept: ['kept'],
    decided: ['decided'],
    passedOn: ['escalated'],
    sentToAdmins: ['adminReview'],
    cancelled: ['cancelled'],
  },
  escalated: {
    askIntended: ['escalated'],
    asked: ['asked'],
    notDelivered: ['escalated'],
    passedOn: ['escalated'],
    sentToAdmins: ['adminReview'],
    cancelled: ['cancelled'],
  },
  adminReview: { kept: ['kept'], decided: ['decided'], passedOn: ['escalated'], cancelled: ['cancelled'] },
  hrReview: { kept: ['kept'], proposed: ['hrProposed'], decided: ['decided'], cancelled: ['cancelled'] },
  hrProposed: { decided: ['decided'], proposalDeclined: ['hrReview'], cancelled: ['cancelled'] },
  kept: { keepEnded: ['closed'], cancelled: ['cancelled'] },
  decided: {
    replanned: ['decided'],
    waived: ['decided'],
    reviewPassed: ['scheduled'],
    released: ['scheduled'],
    vetoed: ['cancelled'],
    undoAsked: ['cancelled'],
    personNeeded: ['needsPerson'],
    cancelled: ['cancelled'],
  },
  scheduled: {
    tellIntended: ['scheduled'],
    told: ['scheduled'],
    notTold: ['scheduled'],
    objected: ['adminReview'],
    waived: ['scheduled'],
    replanned: ['scheduled'],
    stepIntended: ['acting'],
    stepSkipped: ['scheduled'],
    stepPostponed: ['scheduled'],
    notGiven: ['undoing'],
    stepHandedOver: ['needsPerson'],
    stepBlocked: ['needsPerson'],
    stepRefused: ['needsPerson'],
    stepsFinished: ['holding'],
    vetoed: ['cancelled'],
    undoAsked: ['cancelled', 'undoing'],
    personNeeded: ['needsPerson'],
    cancelled: ['cancelled'],
  },
  acting: {
    stepSent: ['acting'],
    stepDone: ['scheduled'],
    stepSkipped: ['scheduled'],
    stepPostponed: ['acting'],
    notGiven: ['undoing'],
    stepHandedOver: ['needsPerson'],
    stepRefused: ['needsPerson'],
    undoAsked: ['undoing'],
    personNeeded: ['needsPerson'],
  },
  holding: {
    waived: ['holding'],
    holdEnded: ['closed'],
    leaveEnded: ['undoing', 'cancelled'],
    deletionPlanned: ['scheduled'],
    stepReverted: ['needsPerson'],
    undoAsked: ['undoing', 'cancelled'],
  },
  undoing: {
    stepSent: ['undoing'],
    stepDone: ['undoing'],
    stepSkipped: ['undoing'],
    stepPostponed: ['undoing'],
    undoIntended: ['undoing'],
    undoSent: ['undoing'],
    undoDone: ['undoing'],
    undoHandedOver: ['needsPerson'],
    stepBlocked: ['needsPerson'],
    stepRefused: ['needsPerson'],
    undoFinished: ['undone'],
    personNeeded: ['needsPerson'],
    cancelled: ['cancelled'],
  },
  needsPerson: {
    objected: ['adminReview'],
    waived: ['needsPerson', 'scheduled', 'holding', 'undoing', 'cancelled'],
    stepDone: ['scheduled'],
    stepSkipped: ['scheduled', 'undoing'],
    stepCleared: ['scheduled', 'acting', 'undoing'],
    stepRestored: ['holding'],
    leaveEnded: ['undoing', 'cancelled'],
    undoDone: ['undoing'],
    undoAsked: ['undoing', 'cancelled'],
    notGiven: ['undoing'],
    cancelled: ['cancelled'],
  },
  closed: {},
  cancelled: {},
  undone: {},
};

/** Every event that a state takes. */
export function takenIn(state: StateName): readonly EventType[] {
  return Object.keys(LIFE[state]) as readonly EventType[];
}

/**
 * The life of a case as a Mermaid state diagram; what leaves a state as it is has no arrow.
 * @param meaningOf what a state is, in a few words
 */
export function lifeDiagram(meaningOf: (state: StateName) => string): string {
  const states = Object.keys(LIFE) as readonly StateName[];
  const arrows = states.flatMap((state) =>
    Object.entries(arrowsFrom(state)).map(([to, events]) => `  ${state} --> ${to}: ${events.join(', ')}`),
  );
  const ends = states.filter((state) => takenIn(state).length === 0).map((state) => `  ${state} --> [*]`);
  const notes = states.map((state) => `  ${state}: ${state} (${meaningOf(state)})`);
  return ['stateDiagram-v2', ...notes, '  [*] --> opened', '  [*] --> hrReview', ...arrows, ...ends].join(
    '\n',
  );
}

function arrowsFrom(state: StateName): Readonly<Record<string, readonly string[]>> {
  const arrows: Record<string, string[]> = {};
  for (const event of takenIn(state))
    for (const to of LIFE[state][event] ?? []) if (to !== state) (arrows[to] ??= []).push(event);
  return arrows;
}
