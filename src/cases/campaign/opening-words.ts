import type { Policy } from '../../config/policy.js';
import type { Waiting } from './approved-part.js';
import type { Missing } from './second-person.js';

/** What became of opening the cases of a run. */
export interface Opening {
  readonly opened: number;
  /** Whom the run had asked about before. */
  readonly begun: number;
  readonly isFirstRun: boolean;
  readonly waiting: Waiting | undefined;
  /** Approvals by people whom the plan is about. */
  readonly ofThoseInIt: number;
  /** Approvals by people who are no admins any more. */
  readonly ofFormerAdmins: number;
}

/** What came of an audit, and whose approval it waits for, in sentences. HR's cases are in no figure of it. Pure. */
export function openingText(opening: Opening, approvals: Pick<Policy['approvals'], 'bulkOver'>): string {
  const { opened, begun, isFirstRun, waiting, ofThoseInIt, ofFormerAdmins } = opening;
  const done = `The audit is done; ${opened} ${opened === 1 ? 'case was' : 'cases were'} opened.`;
  if (waiting === undefined) return done;
  const { people, missing, isOtherPlan } = waiting;
  const notCounted = [
    ...(ofFormerAdmins > 0
      ? [`Approvals that do not count, because whoever gave them is no admin any more: ${ofFormerAdmins}.`]
      : []),
    ...(ofThoseInIt > 0
      ? [`Approvals that do not count, because the plan is about whoever gave them: ${ofThoseInIt}.`]
      : []),
  ];
  if (opened + begun > 0 || isOtherPlan) {
    const first = opened + begun > 0 ? done : 'The audit is done.';
    const left = `Nobody is asked yet about people who were not so in a plan that was approved: ${people}.`;
    return [first, left, ...notCounted, WHO_APPROVES_THE_REST[missing]].join(' ');
  }
  const why = isFirstRun && missing === 'anybody' ? FIRST_RUN : bulkText(people, approvals.bulkOver, missing);
  return [why, ...notCounted].join(' ');
}

const FIRST_RUN =
  'The audit is done. Nobody is asked before the first run is approved: an admin has to write `approve` to the bot in Teams, or look at `npm run steward -- plan` and approve it.';

function bulkText(people: number, bulkOver: number, missing: Missing): string {
  return (
    `The audit is done. ${people} people would be asked about at once, more than approvals.bulkOver ` +
    `(${bulkOver}), so ${WHO_APPROVES[missing]}`
  );
}

/** Ends of a sentence. */
const WHO_APPROVES = {
  anybody:
    'an admin has to write `approve` to the bot in Teams, or look at `npm run steward -- plan` and approve it.',
  another:
    'an admin other than whoever asked for it has to write `approve` to the bot in Teams: at a terminal nobody knows who approves.',
  two: 'two admins have to write `approve` to the bot in Teams, because it was asked for at a terminal, where nobody knows by whom; one admin is enough for an audit of the schedule.',
  twoOthers:
    'two other admins have to write `approve` to the bot in Teams, because the plan is about whoever asked for it; one admin is enough for an audit of the schedule.',
} as const satisfies Readonly<Record<Missing, string>>;

const WHO_IS_ADMIN = 'Who is an admin is said by roles.admins in the policy.';
const TWO_OTHERS =
  'Two other admins can write `approve` to the bot in Teams; for an audit of the schedule one person is enough.';

/** For somebody who approves nothing of a plan because it is about them: who can, and how they are found. */
export const WHO_ELSE_APPROVES: Readonly<Record<Missing, string>> = {
  anybody:
    'Another admin can write `approve` to the bot in Teams, or somebody else can run `npm run steward -- approve` at a ' +
    `terminal of the service. ${WHO_IS_ADMIN}`,
  another:
    'Another admin, who did not ask for the audit either, can write `approve` to the bot in Teams. ' +
    WHO_IS_ADMIN,
  two: `${TWO_OTHERS} ${WHO_IS_ADMIN}`,
  twoOthers: `${TWO_OTHERS} ${WHO_IS_ADMIN}`,
};

const WHO_APPROVES_THE_REST: Readonly<Record<Missing, string>> = {
  anybody:
    'An admin has to write `approve` to the bot in Teams, or look at `npm run steward -- plan` and approve it.',
  another: 'An admin other than whoever asked for the audit has to write `approve` to the bot in Teams.',
  two: 'Two admins have to write `approve` to the bot in Teams, because the audit was asked for at a terminal.',
  twoOthers:
    'Two other admins have to write `approve` to the bot in Teams, because the plan is about whoever asked for the audit.',
};
