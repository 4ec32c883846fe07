import type { UserId } from '../../src/audit/person.js';
import { instant } from '../../src/cases/case.js';
import { newCommand, type CommandOrder } from '../../src/cases/command.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import type { ReviewVerdict } from '../../src/cases/campaign/run-review.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { setSwitch } from '../../src/cases/campaign/run-switch.js';
import type { Act, Scenario } from './crash-life.js';
import { aGroup } from './directory-world.js';
import { aPerson, idle, userId, type PersonSpec, type WorldPerson } from './people.js';
import { SKUS } from './skus.js';
import type { StepWorld, StepWorldOptions } from './step-world.js';

type StepAct = Act<StepWorld>;

/** A scenario about Ada, who reports to Grace, who reports to Helen; and whom it needs beside them. */
export interface StepScenario extends Omit<Scenario<StepWorld>, 'policy' | 'before' | 'plant'> {
  readonly people: readonly WorldPerson[];
  readonly options: StepWorldOptions;
  /** What happened before, without a crash. */
  readonly before: readonly StepAct[];
  readonly plant?: Scenario<StepWorld>['plant'];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ada = userId('Ada');
const grace = userId('Grace');
const admin = userId('Hal');

export const quiet: StepAct = (life) => life.quiet();

export function after(ms: number): StepAct {
  return async (life) => {
    life.world.clock.advance(ms);
    await life.quiet();
  };
}

let orders = 0;

export function ordered(what: CommandOrder, askedBy = 'test'): StepAct {
  return async ({ world }) => {
    const now = instant(world.clock.now());
    await addCommand(world.doors, newCommand(`order-${(orders += 1)}`, what, askedBy, now, now));
  };
}

/** An admin decides about the answer, as it stands now. */
function reviews(verdict: ReviewVerdict): StepAct {
  return async (life) => {
    const { caseId, version } = await life.world.caseOf(ada);
    await ordered({ order: 'review', verdict, cases: [{ caseId, version }] })(life);
  };
}

/** Clicks once more when no answer came, but only while the card still asks. */
export function answers(answer: CardAnswer, by: UserId = grace): StepAct {
  return (life) =>
    life.byHand(async ({ desk }) => {
      const { caseId, version, state } = await life.world.caseOf(ada);
      if (state === 'asked') await desk.answer({ caseId, version, by, answer });
    });
}

const undo: StepAct = (life) =>
  life.byHand(async ({ desk }) => {
    const { caseId } = await life.world.caseOf(ada);
    await desk.undo({ caseId, by: grace });
  });

/** The person says that they still need it, and clicks once more when no answer came. */
const objects: StepAct = (life) =>
  life.byHand(async ({ desk }) => {
    const { caseId } = await life.world.caseOf(ada);
    await desk.object({ caseId, by: ada, reason: '' });
  });

const TELLS = 'reclaim: { mailbox: waive }\ntell: { person: PT2H }';
/** By the policy, which is what says who is told. */
const ADMINS = `roles: { admins: [${admin}], hr: [${grace}] }`;
const audit = ordered({ order: 'audit' });
const eve = userId('Eve');
const gives = ordered({ order: 'give', userId: eve, sku: 'SPE_E3', reason: 'New in planning' });
const reclaim = answers({ kind: 'reclaim', reason: '' });
const asked: readonly StepAct[] = [audit, quiet];
const taken: readonly StepAct[] = [...asked, reclaim, quiet];

const STEPS = (names: string, more = ''): string =>
  `reclaim: { mailbox: ${names.includes('convert') ? 'convert' : 'waive'}, steps: { inactive: [${names}] } }\n${more}`;

function world(spec: PersonSpec = {}): readonly WorldPerson[] {
  const helen = aPerson('Helen', idle(1));
  const boss = aPerson('Grace', { ...idle(1), manager: helen });
  const active = ['Bob', 'Carl', 'Dora', 'Hal'].map((name) => aPerson(name, idle(1)));
  const eve = aPerson('Eve', { ...idle(1), licenses: [{ sku: 'VISIO' }] });
  return [aPerson('Ada', { ...idle(150), manager: boss, ...spec }), boss, helen, eve, ...active];
}

/** One scenario: what is not said is a reclaim of Ada's E3 that Grace is asked about. */
function scenario(
  name: string,
  acts: readonly StepAct[],
  more: Partial<Omit<StepScenario, 'name' | 'acts'>> & { readonly policy?: string } = {},
): StepScenario {
  const { policy = '', options = {}, ...rest } = more;
  return { name, acts, people: world(), before: asked, ...rest, options: { policy, ...options } };
}

/** From ten o'clock of a Monday on. */
const tellsAdmins: StepAct = async (life) => {
  life.world.clock.advance(4 * HOUR_MS);
  await ordered({ order: 'tellAdmins' })(life);
  await quiet(life);
};

/** The times of every step, in seconds. */
const QUICK =
  'reminders: [P3D], afterDecision: PT5S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT8S, deliverWithin: PT5M';
const SIGN_IN = STEPS('disableSignIn, removeLicenses');
const MAILBOX = STEPS('convertMailbox, removeLicenses');
const AD = { distinguishedName: 'CN=Ada,DC=corp,DC=example' };
const STAFF = aGroup('Staff', { licenses: [SKUS.E3.skuId] });
const IN_GROUP = {
  people: world({ licenses: [{ sku: 'E3', group: 'Staff' }] }),
  options: { groups: [STAFF] },
};
/** Whose account was disabled before. */
const DELETES = {
  policy: `reclaim: { mailbox: waive }\ntimetable: { ${QUICK}, review: PT0S, hold: P30D, delete: P30D }\ninactivity: { maxReportAgeDays: 30 }`,
  options: { refreshed: '2026-11-23' },
  people: world({ enabled: false }),
};
/** A month passes, and a new audit comes before the next step. */
const held: readonly StepAct[] = [
  async (life) => life.world.clock.advance(30 * DAY_MS + MINUTE_MS),
  audit,
  quiet,
];
const reassign = answers({ kind: 'reassign', reason: '', receiver: 'eve@harbor.example' });

/** Somebody gives the receiver the license before its turn has come. */
const givenByHand: StepAct = async ({ world: { graph } }) => {
  const held = (await graph.person(eve))?.licenses ?? [];
  if (!held.some(({ skuId }) => skuId === SKUS.E3.skuId)) graph.giveByHand(eve, SKUS.E3.skuId);
};

const convertedByHand: StepAct = async (life) => {
  life.world.graph.purposeIsNow(ada, 'shared');
  await after(3_600_000)(life);
};
const convertedBack: StepAct = async (life) => {
  life.world.graph.purposeIsNow(ada, 'user');
  await after(3_600_000)(life);
};

/** The owner of the AD does it, and a later sync shows it. */
function setInAd(enabled: boolean): StepAct {
  return async (life) => {
    life.world.graph.setInAd(ada, enabled);
    life.world.graph.sync(new Date(life.world.clock.now().getTime() + 1));
    await after(3_600_000)(life);
  };
}

/** Graph says no to every change of somebody's licenses. */
function refuses(id: UserId, isSo = true): StepAct {
  return async ({ world: { graph } }) =>
    graph.refuse(id, isSo ? { kind: 'dependency', message: 'Plan X is needed.' } : undefined);
}

const stopped: StepAct = (life) =>
  life.byHand(async ({ doors }) =>
    setSwitch(doors.store, 'stopped', 'admin', instant(life.world.clock.now())),
  );

/** Somebody gives Ada the license back at the very moment at which the process has ended. */
export const GIVEN_BACK_BY_HAND: StepScenario = scenario('given back by hand', [
  reclaim,
  (life) => life.quiet('crash'),
  async ({ world: { graph } }) => {
    const held = (await graph.person(ada))?.licenses ?? [];
    if (held.length === 0) graph.giveByHand(ada, SKUS.E3.skuId);
  },
  quiet,
]);

export const STEP_SCENARIOS: readonly StepScenario[] = [
  scenario('block sign-in and remove', [reclaim, quiet], { policy: SIGN_IN }),
  scenario('give back sign-in and license', [undo, quiet], { policy: SIGN_IN, before: taken }),
  scenario('a task for the owner of the AD', [reclaim, quiet, setInAd(false)], {
    policy: SIGN_IN,
    people: world(AD),
  }),
  scenario('give back what the owner of the AD did', [undo, quiet, setInAd(true)], {
    policy: SIGN_IN,
    people: world(AD),
    before: [...taken, setInAd(false)],
  }),
  scenario('convert the mailbox through Exchange', [reclaim, quiet], {
    policy: MAILBOX,
    options: { hasExchange: true },
  }),
  scenario('give back mailbox and license', [undo, quiet], {
    policy: MAILBOX,
    options: { hasExchange: true },
    before: taken,
  }),
  scenario('convert the mailbox by hand', [reclaim, quiet, convertedByHand], { policy: MAILBOX }),
  scenario('give back the mailbox by hand', [undo, quiet, convertedBack], {
    policy: MAILBOX,
    before: [...taken, convertedByHand],
  }),
  scenario('leave a group', [reclaim, quiet], IN_GROUP),
  scenario('join the group again', [undo, quiet], { ...IN_GROUP, before: taken }),
  scenario('reassign', [reassign, quiet]),
  scenario('reassign to somebody who has it by then', [reassign, quiet, givenByHand, after(2 * DAY_MS)], {
    policy: `reclaim: { mailbox: waive }\ntimetable: { ${QUICK}, review: P1D }`,
  }),
  scenario('undo a reassignment', [undo, quiet], { before: [...asked, reassign, quiet] }),
  scenario('follow what is refused', [
    refuses(ada),
    reclaim,
    quiet,
    refuses(ada, false),
    after(7 * 3_600_000),
  ]),
  scenario('give back what a receiver is refused', [refuses(eve), reassign, quiet, after(30 * MINUTE_MS)]),
  scenario('delete the account after the hold', held, { ...DELETES, before: taken }),
  scenario('restore a deleted account', [undo, quiet], {
    ...DELETES,
    before: [...taken, ...held],
  }),
  scenario('give a license', [gives, quiet], { policy: 'reclaim: { mailbox: waive }' }),
  scenario('take a given license back', [ordered({ order: 'undo', userId: eve }), quiet], {
    policy: 'reclaim: { mailbox: waive }',
    before: [...asked, gives, quiet],
  }),
  scenario('tell the person first', [reclaim, quiet, after(3 * 3_600_000)], { policy: TELLS }),
  scenario('the person objects', [objects, quiet, after(3 * 3_600_000)], {
    policy: TELLS,
    before: taken,
  }),
  scenario('remind', [after(3 * DAY_MS + 4 * 3_600_000)], {
    policy: `timetable: { ${QUICK}, review: PT0S }`,
  }),
  scenario('tell admins what waits for them', [tellsAdmins, after(DAY_MS), quiet], {
    policy: ADMINS,
    options: { admins: 'byPolicy' },
    people: [aPerson('Ada', idle(150)), ...world().slice(1)],
  }),
  scenario('pass the question on', [after(8 * DAY_MS)]),
  scenario('hand the question on', [answers({ kind: 'notMyReport' }), quiet]),
  scenario('release during the review', [reclaim, quiet, reviews({ is: 'release' }), quiet], {
    policy: `timetable: { ${QUICK}, review: P1D }`,
  }),
  scenario(
    'veto during the review',
    [reclaim, quiet, reviews({ is: 'veto', reason: 'It goes on.' }), quiet],
    {
      policy: `timetable: { ${QUICK}, review: P1D }`,
    },
  ),
  scenario(
    'a bulk that two approve',
    [
      audit,
      quiet,
      ordered({ order: 'approve' }, userId('Ann')),
      quiet,
      ordered({ order: 'approve' }, userId('Bob')),
      quiet,
    ],
    {
      policy: 'approvals: { firstRun: none, bulkOver: 0 }',
      before: [],
      options: { admins: [admin, userId('Ann'), userId('Bob')] },
    },
  ),
  scenario('stop before anything is done', [reclaim, stopped, quiet], {
    policy: `timetable: { ${QUICK}, review: P1D }`,
  }),
  scenario('stop while a task waits', [reclaim, quiet, stopped, after(10 * MINUTE_MS)], {
    policy: SIGN_IN,
    people: world(AD),
  }),
  scenario('stop after the first step', [reclaim, quiet, stopped, after(2 * DAY_MS)], {
    policy: STEPS(
      'disableSignIn, removeLicenses',
      `timetable: { ${QUICK.replace('removeLicenses: PT8S', 'removeLicenses: P1D')}, review: PT0S }`,
    ),
  }),
  scenario('show names that are concealed, for an audit', [audit, quiet, after(30 * MINUTE_MS)], {
    policy: 'reports: { revealNames: true }',
    options: { namesConcealed: true },
    before: [],
  }),
];
