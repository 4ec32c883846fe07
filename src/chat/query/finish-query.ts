import type { Draft, Problem } from './draft.js';
import { keptBeside, withUse } from './never-used.js';
import { smallWords } from './phrases.js';
import {
  BY_COST,
  isListed,
  MOST_VALUES,
  normalized,
  USUAL_LIST,
  USUAL_PAGE,
  type Ask,
  type Measure,
  type Query,
  type Subject,
} from './query.js';

const SEVERAL = smallWords('licenses');

export type Finished =
  | {
      readonly kind: 'query';
      readonly query: Query;
      /** `file`: as CSV. */
      readonly as: 'card' | 'file';
    }
  | { readonly kind: 'unclear'; readonly problems: readonly Problem[]; readonly isQuestion: boolean }
  /** Nothing in it asks for anything. */
  | { readonly kind: 'nothing' };

/** The query that was understood, on its own or as a change of the one before. */
export function finished(draft: Draft, before: Query | undefined): Finished {
  const isAboutBefore = draft.subjects.size === 0 && (draft.isFollowUp || isShapeOnly(draft));
  const isOfEverybody = countsPeopleAlone(draft) && (draft.saidEverybody || before === undefined);
  const from = isAboutBefore && !isOfEverybody ? before : undefined;
  const conditions = withUse(draft, from?.conditions ?? []);
  if (conditions === undefined) return unclear({ kind: 'neverUsedLicense' });
  const said = { ...draft, conditions: [...conditions] };
  const subject = isOfEverybody ? 'everyone' : subjectOf(said);
  if (subject === 'two') return unclear({ kind: 'twoSubjects' });
  if (isTwoQuestions(said)) return unclear({ kind: 'twoQuestions' });
  const isBound = draft.isFile || isTurning(draft) || (draft.isFollowUp && draft.asks.has('list'));
  if (isAboutBefore && before === undefined && isBound && !hasContent(draft))
    return unclear({ kind: 'nothingBefore' });
  // Only lists have pages.
  if (isTurning(draft) && from !== undefined && from.ask.kind !== 'list')
    return unclear({ kind: 'nothingBefore' });
  if (subject === undefined && !hasContent(draft) && !isBound) return { kind: 'nothing' };
  const query = normalized(from === undefined ? fresh(said, subject) : refined(said, from));
  const isTooMany = query.conditions.some((each) => 'values' in each && each.values.length > MOST_VALUES);
  if (isTooMany) return unclear({ kind: 'tooMany' });
  return { kind: 'query', query, as: draft.isFile ? 'file' : 'card' };
}

function unclear(problem: Problem): Finished {
  return { kind: 'unclear', problems: [problem], isQuestion: true };
}

/** "active with unused Visio" and "active, never used Visio" are about candidates; "inactive guests" about guests. */
function subjectOf({ subjects, conditions, neverUsed }: Draft): Subject | undefined | 'two' {
  const others = [...subjects].filter((each) => each !== 'candidates');
  const [only] = others;
  if (only === undefined) return subjects.size === 0 ? undefined : 'candidates';
  if (others.length > 1) return 'two';
  const isOfUse = neverUsed.length > 0 && conditions.some(({ field }) => field === 'use');
  if (only === 'active' && (subjects.has('candidates') || isOfUse)) {
    conditions.push({ field: 'scenario', is: 'in', values: ['unusedLicense'] });
    return 'candidates';
  }
  return only;
}

/** Groups come largest first, of one measure, and without those who are in them; a sum has no first ones. */
function isTwoQuestions({ group, sort, top, asks, isWhich, saidMost, conditions }: Draft): boolean {
  const isMeasured = asks.has('cost') || asks.has('people') || asks.has('licenses');
  // "Who costs in Sales the most" asks for no sum.
  if (group === undefined)
    return isMeasured && (top !== undefined || sort !== undefined || (saidMost && asks.has('cost')));
  if (sort !== undefined && (sort.by !== 'cost' || sort.order !== 'desc')) return true;
  const isOfPerson = conditions.some(({ field }) => field === 'manager');
  const isOfUse =
    group === 'license' && conditions.some(({ field }) => field === 'use' || field === 'scenario');
  return isWhich && (asks.has('list') || top !== undefined || isOfPerson || isOfUse);
}

/** "How many people", and of whom nothing is said: whoever asks so means all of them, and not those who look idle. */
function countsPeopleAlone(draft: Draft): boolean {
  const { subjects, conditions, asks, saidLicenses, isFollowUp } = draft;
  const isOfSome = subjects.size + conditions.length > 0 || saidLicenses || isFollowUp;
  return asks.size === 1 && asks.has('people') && !isOfSome && !hasShape(draft) && !isTurning(draft);
}

function hasShape({ group, sort, top, pageSize }: Draft): boolean {
  return [group, sort, top, pageSize].some((each) => each !== undefined);
}

function hasContent(draft: Draft): boolean {
  const isAsked = [...draft.asks].some((ask) => ask !== 'list');
  return draft.conditions.length > 0 || isAsked || hasShape(draft);
}

function isTurning({ page }: Draft): boolean {
  return page !== undefined;
}

/** "per department", "by cost", "how many", "next": said alone, they are about the question before. */
function isShapeOnly(draft: Draft): boolean {
  return draft.conditions.length === 0;
}

function fresh(draft: Draft, subject: Subject | undefined): Query {
  const { conditions, page } = draft;
  const of = subject ?? 'candidates';
  const ask = askOf(draft, undefined);
  const asked = ask.kind === 'list' && typeof page === 'number' ? { ...ask, page } : wholeOf(ask, of, draft);
  return { ask: asked, subject: of, conditions };
}

/** Whoever is only counted is counted, unless somebody asks for a list. */
function wholeOf(ask: Ask, subject: Subject, { asks }: Draft): Ask {
  const isPlain = ask.kind === 'list' && !asks.has('list') && asks.size === 0;
  return !isListed(subject) && isPlain ? { kind: 'total', of: 'people' } : ask;
}

function refined(draft: Draft, before: Query): Query {
  return {
    ask: askOf(draft, before.ask),
    subject: before.subject,
    conditions: [...keptBeside(draft, before.conditions), ...draft.conditions],
  };
}

function askOf(draft: Draft, before: Ask | undefined): Ask {
  const { asks, group, sort, top, page } = draft;
  const measure = measureOf(draft);
  if (group !== undefined) {
    const known = before === undefined || before.kind === 'list' ? undefined : before.of;
    return { kind: 'groups', by: group, of: measure ?? known ?? 'people', top };
  }
  if (before?.kind === 'groups' && sort === undefined && page === undefined && !asks.has('list'))
    return measure === undefined || isStillGrouped(draft)
      ? { ...before, of: measure ?? before.of, top: top ?? before.top }
      : { kind: 'total', of: measure };
  if (measure !== undefined && sort === undefined && top === undefined) return { kind: 'total', of: measure };
  if (before?.kind === 'total' && isOnlyFilter(draft)) return before;
  return listOf(draft, before?.kind === 'list' ? before : undefined);
}

/** "by cost" after groups changes what they count; "how many" alone asks for the sum. */
function isStillGrouped({ top, conditions }: Draft): boolean {
  return top !== undefined || conditions.length > 0;
}

function isOnlyFilter({ sort, top, page, pageSize, asks, conditions, isFile }: Draft): boolean {
  const isShaped = [sort, top, page, pageSize].some((each) => each !== undefined) || asks.has('list');
  return !isShaped && (conditions.length > 0 || isFile);
}

function listOf(draft: Draft, before: Extract<Ask, { kind: 'list' }> | undefined): Ask {
  const { sort, top, page, pageSize, conditions } = draft;
  const from = before ?? USUAL_LIST;
  const isOther = conditions.length > 0 || sort !== undefined || top !== undefined || pageSize !== undefined;
  return {
    kind: 'list',
    sort: sort ?? from.sort ?? BY_COST,
    top: top ?? from.top,
    pageSize: pageSize ?? from.pageSize ?? USUAL_PAGE,
    page: pageOf(page, isOther ? 1 : from.page),
  };
}

function pageOf(page: Draft['page'], now: number): number {
  if (page === 'next') return now + 1;
  if (page === 'previous') return Math.max(1, now - 1);
  return page ?? now;
}

function measureOf({ asks, sort, group, saidLicenses, isWhich, tokens }: Draft): Measure | undefined {
  if (asks.has('cost') || (group !== undefined && sort?.by === 'cost')) return 'cost';
  // "Which department has the most unused licenses"
  if (isWhich && tokens.some(({ key }) => SEVERAL.has(key))) return 'licenses';
  if (asks.has('licenses') || (asks.has('people') && saidLicenses)) return 'licenses';
  return asks.has('people') ? 'people' : undefined;
}
