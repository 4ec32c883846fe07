import type { StateName } from './case.js';

/**
 * What a state means, in half a sentence: for `states`, and wherever somebody is told how a case stands. The messages
 * `part.state.…` say the same in the reader's language.
 */
export const MEANINGS: Readonly<Record<StateName, string>> = {
  opened: 'it was found, nobody was asked yet',
  asked: 'the question was delivered, the answer is awaited',
  escalated: 'the question goes to the next person',
  adminReview: 'an admin decides',
  hrReview: 'HR decides, seen by HR only',
  hrProposed: 'HR proposed to reclaim, another one of HR has to agree',
  kept: 'somebody keeps the licenses until a date',
  decided: 'reclaim or reassign was answered, the review time runs',
  scheduled: 'the next step has a date',
  acting: 'a step is being taken',
  holding: 'all steps are done and can still be undone',
  undoing: 'what was done is being taken back',
  needsPerson: 'a person has a task',
  closed: 'it is over, done, or kept until its date',
  cancelled: 'it is over, nothing was done',
  undone: 'it is over, what was done was taken back',
};
