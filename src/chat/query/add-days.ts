import type { Scenario } from '../../audit/finding.js';
import { addBounds } from './add-condition.js';
import { follows, phraseAt, valueAt, type Draft } from './draft.js';
import { smallWords } from './phrases.js';
import { VALUE_FIELDS, type Condition } from './query.js';

const WITHOUT_USE = smallWords('withoutUse');
const USE = smallWords('use');
const SINCE = smallWords('since');
/** Words before a time that may belong to it: "not used for more than". */
const FURTHEST = 5;

/** Adds days without use, and notes of what they were said: `isOfAct` looks at it when the whole was read. */
export function addDays(draft: Draft, bounds: Parameters<typeof addBounds>[2], length: number): void {
  const { tokens, at, last } = draft;
  const isSaid = follows(WITHOUT_USE, draft, length) && !isLongerName(draft, at + length + 1);
  const next = phraseAt(draft, at + length)?.found;
  const isNext = next?.is === 'subject' && next.subject === 'candidates';
  const from = last !== undefined && last.end <= at ? last.end : Math.max(0, at - FURTHEST);
  const before = tokens.slice(from, at);
  draft.durations.push({
    isOfUse: isSaid || isNext || before.some(({ key }) => USE.has(key)),
    isSince: before.some(({ key }) => SINCE.has(key)),
    isBehind: last?.field === 'state' || last?.field === 'scenario',
  });
  addBounds(draft, 'days', bounds, length + (isSaid ? 2 : 0));
}

/** "90 days without Use Less", who is a manager. */
function isLongerName(draft: Draft, at: number): boolean {
  return (valueAt(draft, at, VALUE_FIELDS, false)?.length ?? 0) > 1;
}

/** true: a time is about when somebody left or was asked, as in "kept for 90 days", which nobody looks up. */
export function isOfAct({ durations, conditions, subjects }: Draft): boolean {
  const isState = conditions.some(isDatedState);
  const isReason = conditions.some(isDatedReason);
  return durations.some(({ isOfUse, isSince, isBehind }) => {
    if (isOfUse) return false;
    // "inactive, case kept, over 90 days" is about those without use.
    if (subjects.has('candidates')) return isBehind && isSince && (isState || isReason);
    // So are "leavers over 120 days".
    return isState || (isReason && isSince);
  });
}

function isDatedState(condition: Condition): boolean {
  return condition.field === 'state' && condition.values.some((value) => value !== 'noCase');
}

function isDatedReason(condition: Condition): boolean {
  return condition.field === 'scenario' && condition.values.some((value) => DATED.has(value));
}

const DATED: ReadonlySet<Scenario> = new Set(['leftCompany', 'disabledButLicensed']);
