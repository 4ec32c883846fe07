import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Delivery } from '../../../src/bot/messenger.js';
import { noteCampaignWaits } from '../../../src/cases/campaign/run-campaign-waits.js';
import { pauseByGuard, setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { instant, type Case } from '../../../src/cases/case.js';
import { planTellingAdmins, tellAdmins } from '../../../src/cases/admin/run-telling-admins.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import { eraseOld } from '../../../src/cases/run-erasing.js';
import { openAdminDesk } from '../../../src/cases/admin/run-admin-desk.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { openReadModel } from '../../../src/chat/run-read-model.js';
import { VERBS } from '../../../src/bot/verbs.js';
import { changeDocument } from '../../../src/store/change-document.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { aGroup } from '../../world/directory-world.js';
import { losesAnswer } from '../../world/lost-answers.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../../world/people.js';
import { textsOf } from '../../cards/texts-of-a-card.js';

const HOUR_MS = 3_600_000;
const ALEX = userId('Alex');
const ANN = userId('Ann');
const ADA = userId('Ada');
const APP = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';
const BUSY: Extract<Delivery, { kind: 'failed' }> = {
  kind: 'failed',
  again: 'later',
  code: 'Throttled',
  status: 429,
};
const SILENT: typeof BUSY = { ...BUSY, code: 'Network', status: undefined };
const BLOCKED: typeof BUSY = { kind: 'failed', again: 'never', code: 'MessageWritesBlocked', status: 403 };

let world: CaseWorld;

afterEach(() => world.close());

interface Told {
  /** Lines of the policy. */
  readonly policy?: string;
  readonly ada?: PersonSpec;
  readonly bob?: PersonSpec;
  readonly ann?: PersonSpec;
  readonly options?: CaseWorldOptions;
}

/**
 * Monday, six in the morning. Ada is idle and has nobody who could be asked about her; the others work. Alex is an admin by
 * name and Ann by group.
 */
async function aTenant({ policy = '', ada, bob, ann, options }: Told = {}): Promise<void> {
  const people = [
    aPerson('Ada', { ...idle(150), ...ada }),
    aPerson('Alex', idle(1)),
    aPerson('Ann', { ...idle(1), groups: ['admins'], ...ann }),
    aPerson('Bob', { ...idle(1), ...bob }),
    ...['Carl', 'Dora', 'Eve'].map((name) => aPerson(name, idle(1))),
  ];
  world = await aCaseWorld(people, {
    policy: [`roles: { admins: [${ALEX}, ${groupId('admins')}], hr: [${userId('Eve')}] }`, policy].join('\n'),
    groups: [aGroup('admins')],
    admins: 'byPolicy',
    pace: { watch: HOUR_MS, held: HOUR_MS },
    ...options,
  });
  await world.audit();
  await planTellingAdmins(world.doors);
  await world.work();
}

async function hoursPass(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    world.clock.advance(HOUR_MS);
    await world.work();
  }
}

/** Days of the month and hours at which somebody got a message of what waits. */
async function toldWithin(hours: number, to: UserId = ALEX): Promise<readonly string[]> {
  const times: string[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    const before = sentTo(to).length;
    await hoursPass(1);
    if (sentTo(to).length > before)
      times.push(world.clock.now().toISOString().slice(8, 13).replace('T', ' at '));
  }
  return times;
}

function sentTo(to: UserId): CaseWorld['teams']['sent'] {
  return world.teams.sent.filter((each) => each.to === to);
}

/** What stands now on the newest message to somebody. */
function shownTo(to: UserId): readonly string[] {
  const last = sentTo(to).at(-1);
  if (last === undefined) return [];
  const edit = world.teams.edits
    .filter(({ message }) => message.activityId === last.message.activityId)
    .at(-1);
  return readOn((edit ?? last).card);
}

function readOn(card: unknown): readonly string[] {
  return textsOf(card).map(({ text }) => text);
}

/** An admin answers about Ada. */
async function answered(answer: CardAnswer): Promise<void> {
  const { caseId, version } = await world.caseOf(ADA);
  await world.desk.answer({ caseId, version, by: ALEX, answer });
}

const KEEP: CardAnswer = { kind: 'keep', reason: 'Needed', until: '2026-12-31' };
const RECLAIM: CardAnswer = { kind: 'reclaim', reason: '' };
const CONVERTS = 'reclaim: { mailbox: convert }';

function paused(to: 'paused' | 'stopped' | 'running'): Promise<void> {
  return setSwitch(world.store, to, 'test', instant(world.clock.now()));
}

describe('what waits for an admin', () => {
  it('is told to every admin at the beginning of the working day, and anew after a week', async () => {
    await aTenant();
    expect(world.teams.sent).toEqual([]);
    expect(await toldWithin(7 * 24)).toEqual(['23 at 09']);
    expect(shownTo(ANN)).toEqual(expect.arrayContaining(['1 case waits for an administrator', 'Decisions']));
    expect(await toldWithin(7 * 24)).toEqual(['30 at 09']);
  });

  it('is told once where that was written down and the store did not say so', async () => {
    await aTenant();
    const lost = losesAnswer(world.store, (doc) => doc.kind === 'adminTelling' && 'told' in doc);
    expect(await toldWithin(6 * 24)).toEqual(['23 at 09']);
    expect(lost()).toBe(1);
    expect([sentTo(ALEX), sentTo(ANN)].map((sent) => sent.length)).toEqual([1, 1]);
    expect(world.teams.edits).toEqual([]);
    for (const { notes } of await readDeliveries(world.store)) expect(notes).toHaveLength(1);
  });

  it('is told the next day where it is new, and the message before points to that', async () => {
    await aTenant({ policy: CONVERTS });
    await hoursPass(4);
    await answered(RECLAIM);
    await hoursPass(2);
    // An edit notifies nobody: it shows how it stands, and does not count as told.
    expect(shownTo(ALEX)).toContain('Mailboxes');
    expect(sentTo(ALEX)).toHaveLength(1);
    expect(await toldWithin(24)).toEqual(['24 at 09']);
    const [first] = sentTo(ALEX);
    const edits = world.teams.edits.filter(({ message }) => message.activityId === first?.message.activityId);
    expect(readOn(edits.at(-1)?.card)).toEqual(['What waits is in a newer message.']);
  });

  it('is taken off the message that told of it once it is done, without another one', async () => {
    await aTenant();
    await hoursPass(4);
    await answered(KEEP);
    await hoursPass(24);
    expect(sentTo(ALEX)).toHaveLength(1);
    expect(shownTo(ALEX)).toEqual(['Nothing waits for an administrator any more.']);
  });

  it('is told on Monday where it came on Friday evening, or while the campaign was held', async () => {
    await aTenant();
    await paused('paused');
    await hoursPass(4 * 24 + 12);
    expect(world.teams.sent).toEqual([]);
    await paused('running');
    expect(await toldWithin(3 * 24)).toEqual(['30 at 09']);
  });

  it('is told to nobody while the campaign is stopped, the policy observes, or nobody is to be told', async () => {
    await aTenant({ policy: CONVERTS });
    await answered(RECLAIM);
    await world.work(60_000);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'needsPerson' });
    await paused('stopped');
    await hoursPass(30);
    await paused('running');
    const { policy } = world.doors;
    await tellAdmins({ ...world.doors, policy: { ...policy, mode: 'observe' } });
    await tellAdmins({ ...world.doors, policy: { ...policy, tell: { ...policy.tell, admins: 'never' } } });
    expect(world.teams.sent).toEqual([]);
    await tellAdmins(world.doors);
    expect(sentTo(ALEX)).toHaveLength(1);
  });

  it('is told to nobody whom it is about', async () => {
    await aTenant({ ada: idle(1), ann: idle(150) });
    await hoursPass(30);
    expect(sentTo(ANN)).toEqual([]);
    expect(sentTo(ALEX)).toHaveLength(1);
  });

  it('is told in the language of each admin', async () => {
    await aTenant();
    world.teams.locales.set(ANN, 'de');
    await hoursPass(4);
    expect(shownTo(ANN)).toContain('1 Fall wartet auf die IT-Administration');
    expect(shownTo(ALEX)).toContain('1 case waits for an administrator');
  });
});

describe('who is an admin', () => {
  it('is asked of Microsoft Graph once a day where nothing is new, and again where something is', async () => {
    await aTenant({ policy: CONVERTS });
    await hoursPass(4);
    expect(sentTo(ALEX)).toHaveLength(1);
    const asked = async (hours: number): Promise<number> => {
      const before = world.graph.calls.get('membersOf') ?? 0;
      await hoursPass(hours);
      return (world.graph.calls.get('membersOf') ?? 0) - before;
    };
    expect(await asked(3)).toBe(0);
    await answered(RECLAIM);
    // It waits no more, and then it does for another thing.
    expect(await asked(2)).toBe(2);
    expect(await asked(12)).toBe(0);
    expect(await asked(8)).toBe(1);
  });

  it('is asked of nobody for whom there is nothing new', async () => {
    await aTenant();
    const asked = async (hours: number): Promise<number> => {
      const before = world.graph.calls.get('person') ?? 0;
      await hoursPass(hours);
      return (world.graph.calls.get('person') ?? 0) - before;
    };
    // Alex and the group for what they are, Ann as an admin.
    expect(await asked(4)).toBeGreaterThan(2);
    expect([sentTo(ALEX).length, sentTo(ANN).length]).toEqual([1, 1]);
    // The next day only what the two entries of the policy are.
    expect(await asked(24)).toBe(2);
  });

  it('and cannot be found out is told to those who were told before', async () => {
    await aTenant();
    await hoursPass(4);
    const membersOf = async (): Promise<never> => {
      throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'membersOf' });
    };
    Object.assign(world.graph, { membersOf });
    await hoursPass(7 * 24);
    expect([ALEX, ANN].map((to) => sentTo(to).length)).toEqual([2, 2]);
  });

  it('and cannot be found out is asked for again, and nobody else is', async () => {
    await aTenant();
    const real = world.graph.membersOf.bind(world.graph);
    const membersOf = async (): Promise<never> => {
      throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'membersOf' });
    };
    Object.assign(world.graph, { membersOf });
    await hoursPass(4);
    expect([ALEX, ANN].map((to) => sentTo(to).length)).toEqual([1, 0]);
    const asked: UserId[] = [];
    const groupsContaining = world.graph.groupsContaining.bind(world.graph);
    Object.assign(world.graph, {
      membersOf: real,
      groupsContaining: async (...of: Parameters<typeof groupsContaining>) => {
        asked.push(of[0]);
        return groupsContaining(...of);
      },
    });
    await hoursPass(3);
    expect([ALEX, ANN].map((to) => sentTo(to).length)).toEqual([1, 1]);
    expect(asked).toEqual([ANN]);
  });

  it('and was none yesterday is told today, although nothing is new', async () => {
    await aTenant();
    await hoursPass(4);
    await world.graph.joinGroup(groupId('admins'), userId('Bob'));
    await hoursPass(24);
    expect(sentTo(userId('Bob'))).toHaveLength(1);
    expect(sentTo(ALEX)).toHaveLength(1);
  });
});

describe('the campaign', () => {
  const APPROVED = 'approvals: { firstRun: required }';

  it('that waits for an approval is told of, and not any more once that is given', async () => {
    await aTenant({ policy: APPROVED });
    await hoursPass(4);
    expect(shownTo(ALEX)).toEqual(
      expect.arrayContaining(['The campaign waits for an administrator', 'Plan to approve']),
    );
    expect(JSON.stringify(sentTo(ALEX).at(-1)?.card)).not.toContain('"verb"');
    // The next audit finds the same, which is nothing new.
    await world.order({ order: 'audit' });
    await hoursPass(24);
    expect(sentTo(ALEX)).toHaveLength(1);
    // The first order finds that the audit is a day old, and has another one made.
    await world.order({ order: 'approve' });
    await world.order({ order: 'approve' });
    await hoursPass(2);
    expect(shownTo(ALEX)).not.toContain('Plan to approve');
    expect(shownTo(ALEX)).toContain('Decisions');
  });

  it('that a guard has paused is told of, and what waits in it; one that a person has paused is not', async () => {
    await aTenant();
    await pauseByGuard(world.store, 'steps failing in a row', 'It failed.', instant(world.clock.now()));
    await hoursPass(4);
    expect(shownTo(ALEX)).toEqual(
      expect.arrayContaining(['1 case waits for an administrator', 'Campaign paused', 'Decisions']),
    );
    await paused('running');
    await hoursPass(2);
    expect(shownTo(ALEX)).not.toContain('Campaign paused');
    await paused('paused');
    await hoursPass(9 * 24);
    expect(sentTo(ALEX)).toHaveLength(1);
  });

  it('whose newest audit was stopped by a guard, or lacks seats for undos, is told of until that is put right', async () => {
    await aTenant();
    await hoursPass(4);
    await noteCampaignWaits(world.doors, 'audit', true);
    await noteCampaignWaits(world.doors, 'seats', true);
    expect(await toldWithin(24)).toEqual(['24 at 09']);
    expect(shownTo(ALEX)).toEqual(expect.arrayContaining(['Audit stopped', 'Seats for undos']));
    await world.audit();
    await hoursPass(2);
    expect(shownTo(ALEX)).not.toContain('Audit stopped');
    expect(shownTo(ALEX)).not.toContain('Seats for undos');
  });
});

describe('the button of the message', () => {
  it('lists what waits to an admin, and tells others of nothing', async () => {
    await aTenant();
    const sources = {
      desk: world.desk,
      admin: openAdminDesk(world.doors),
      readModel: openReadModel(world.doors),
    };
    const view = {
      policy: world.doors.policy,
      now: instant(world.clock.now()),
      timeZone: 'Etc/UTC',
      locale: 'en',
    } as const;
    const clicked = async (by: UserId): Promise<unknown> => {
      const asker = world.doors.rolesOf(by).then((roles) => ({ userId: by, roles }));
      return VERBS['waiting']?.(sources, { userId: by, asker }, {}, view);
    };
    expect(await clicked(ALEX)).toMatchObject({
      kind: 'answer',
      place: 'beside',
      answer: { case: { userId: ADA } },
    });
    expect(await clicked(userId('Bob'))).toEqual({
      kind: 'text',
      text: 'Nothing waits for you. I write to you when there is a question.',
    });
  });
});

describe('a case of HR’s that needs somebody', () => {
  it('is in no message to an admin', async () => {
    await aTenant({ policy: CONVERTS });
    await answered(RECLAIM);
    await world.work(60_000);
    const { caseId } = await world.caseOf(ADA);
    await changeDocument<Case>(world.store, 'cases', caseId, (c) => c && { ...c, protections: ['onLeave'] });
    await hoursPass(30);
    expect(sentTo(ALEX)).toEqual([]);
  });
});

describe('an admin who is not reached', () => {
  it('because they have blocked the bot is in the ledger and tried on the next day; the others are told', async () => {
    await aTenant();
    world.teams.refuse = (to) => (to === ANN ? BLOCKED : undefined);
    await hoursPass(30);
    expect(sentTo(ALEX)).toHaveLength(1);
    expect(await readDeliveries(world.store)).toMatchObject([
      { userId: ANN, displayName: 'Ann', notes: [{ became: 'blocked' }, { became: 'blocked' }] },
      { userId: ALEX, notes: [{ became: 'delivered', cases: 1 }] },
    ]);
    world.teams.refuse = undefined;
    expect(await toldWithin(24, ANN)).toEqual(['25 at 09']);
  });

  it('because Teams is busy is tried again the same day', async () => {
    await aTenant();
    world.teams.refuse = () => BUSY;
    await hoursPass(4);
    world.teams.refuse = undefined;
    expect(await toldWithin(24)).toEqual(['23 at 11']);
  });

  it('or is, is forgotten once that is as old as names may be', async () => {
    await aTenant({ policy: 'privacy: { retainDays: 1 }' });
    await hoursPass(4);
    await answered(KEEP);
    await hoursPass(48);
    await world.audit();
    expect(await readDeliveries(world.store)).toEqual([]);
  });

  it('is not told twice because what is known of it was erased while a message was on its way', async () => {
    await aTenant({ policy: 'privacy: { retainDays: 1 }' });
    await hoursPass(4);
    await hoursPass(7 * 24 - 4);
    const send = world.teams.send.bind(world.teams);
    world.teams.send = async (...message) => {
      await send(...message);
      await eraseOld(world.doors);
      throw new Error('The process has ended.');
    };
    await hoursPass(3);
    Object.assign(world.teams, { send });
    expect(sentTo(ALEX)).toHaveLength(2);
    await hoursPass(8);
    expect(sentTo(ALEX)).toHaveLength(2);
  });

  it('as far as is known is told the next day: the message may have arrived', async () => {
    await aTenant();
    world.teams.refuse = () => SILENT;
    await hoursPass(4);
    world.teams.refuse = undefined;
    expect(await toldWithin(24)).toEqual(['24 at 09']);
  });

  it('for want of the app gets it first', async () => {
    await aTenant({ options: { teamsAppId: APP } });
    world.teams.refuse = (to) =>
      world.graph.installed.has(to) ? undefined : { ...BLOCKED, code: 'ForbiddenOperationException' };
    await hoursPass(4);
    expect(sentTo(ALEX)).toHaveLength(1);
  });
});

describe('two instances, and one that ends', () => {
  it('send one message', async () => {
    await aTenant();
    await paused('paused');
    await hoursPass(4);
    await paused('running');
    await Promise.all([tellAdmins(world.doors), tellAdmins(world.doors)]);
    expect(sentTo(ALEX)).toHaveLength(1);
    expect(sentTo(ANN)).toHaveLength(1);
  });

  it('with the message under way send none on the same day, and tell it on the next', async () => {
    await aTenant();
    const real = { ...world.teams };
    world.teams.send = async (...message) => {
      await real.send(...message);
      throw new Error('The process has ended.');
    };
    await hoursPass(4);
    Object.assign(world.teams, real);
    expect(sentTo(ALEX)).toHaveLength(1);
    expect(await toldWithin(24)).toEqual(['24 at 09']);
  });
});
