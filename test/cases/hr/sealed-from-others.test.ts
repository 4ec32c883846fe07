import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { answerClick, undoClick } from '../../../src/bot/clicks.js';
import { askerFor, type AppDoors } from '../../../src/bot/app-doors.js';
import type { CaseView } from '../../../src/cards/case-view.js';
import { instant, type CaseId } from '../../../src/cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../../../src/cases/command.js';
import { findCase } from '../../../src/cases/find-case.js';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { readSeatAlarms } from '../../../src/cases/campaign/run-held-seats.js';
import { readPlan } from '../../../src/cases/campaign/run-plan.js';
import { answerTo, undone } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { waived } from '../../../src/chat/waive-answer.js';
import { allCases, historyOf, openReadModel } from '../../../src/chat/run-read-model.js';
import type { Policy } from '../../../src/config/policy.js';
import { casesText, caseText, notOne } from '../../../src/cli/case-text.js';
import { writtenPlan } from '../../../src/cli/plan-file.js';
import { planText } from '../../../src/cli/plan-text.js';
import { checkChains } from '../../../src/cli/verify-command.js';
import type { Role } from '../../../src/cases/roles.js';
import { openDesk } from '../../../src/cases/answering/run-desk.js';
import type { Log, LogFields } from '../../../src/telemetry/log.js';
import { CASES } from '../../cards/a-case.js';
import { SKUS } from '../../world/skus.js';
import {
  ADA,
  ALEX,
  anHrWorld,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  STRANGER,
  type HrWorld,
} from '../../world/hr-world.js';

const RECLAIM = { kind: 'reclaim', reason: '' } as const;
const KEEP = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;

/** Everybody who is not of HR, the executive and their manager among them. */
const OTHERS: readonly UserId[] = [ALEX, GRACE, CHIARA, ADA, STRANGER];
/** The last one names no case of a world without HR's. */
const namesOf = (caseId: string): readonly string[] => [
  'Chiara',
  'chi',
  'chiara@harbor.example',
  CHIARA,
  caseId,
];
const QUESTIONS = [
  'help',
  'hello',
  'who is inactive but licensed',
  'what if 60, 90 and 120 days',
  'waiting',
  'hr',
  'who needs hr',
  'who is not judged',
  'guests',
  'how many are protected',
  'who is protected in Board',
  'inactive per department',
  'inactive in Board',
  'inactive E5 per country',
  'how many inactive per manager',
  'not asked',
  'how many per state',
  'inactive managed by Chiara',
  'who is Chiara',
  'why was Chiara asked',
  'export inactive',
];

const worlds: HrWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A log into lines. Hashes differ from world to world by their salts. */
function listening(into: string[]): Log {
  const hear =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      const { head: _head, ...rest } = fields;
      into.push(`${level} ${message} ${JSON.stringify(rest)}`);
    };
  return { debug: hear('debug'), info: hear('info'), warn: hear('warn'), error: hear('error') };
}

/** No seat is free: whoever is told of seats that undos need learns of every license that was taken. */
const FULL = Object.values(SKUS).map((sku) => ({ ...sku, assigned: sku.bought }));

/** A tenant with HR's lane, or one in which the executive is just protected. */
async function aTenant(lane: 'open' | 'shut'): Promise<{ readonly world: HrWorld; readonly log: string[] }> {
  const log: string[] = [];
  const reshape = (policy: Policy): Policy => ({ ...policy, roles: { ...policy.roles, hr: [] } });
  const world = await anHrWorld({
    log: listening(log),
    skus: FULL,
    ...(lane === 'open' ? {} : { reshape }),
  });
  worlds.push(world);
  return { world, log };
}

async function chat(world: HrWorld, by: UserId, text: string): Promise<string> {
  const { desk, doors } = world;
  const asker = await askerFor(by, { rolesOf: doors.rolesOf } as AppDoors);
  const view = viewOf(world);
  const sources = { desk, readModel: openReadModel(doors) };
  const answer = await answerTo(parse(text), asker, sources, view);
  return `${by} ${text}: ${JSON.stringify(await shown())}`;

  async function shown(): Promise<unknown> {
    if (answer.kind === 'undo') return undone(await desk.undo({ caseId: answer.caseId, by }), asker, view);
    if (answer.kind !== 'waive') return answer;
    const { caseId, thing, reason } = answer;
    return waived(await desk.waive({ caseId, by, thing, reason }), view);
  }
}

function viewOf({ doors }: HrWorld): CaseView {
  const { policy, timeZone } = doors;
  return { policy, now: instant(doors.clock.now()), timeZone, locale: 'en' };
}

/** A click on every button that HR's cards have, by somebody who knows the id of the case. */
async function clicks(world: HrWorld, by: UserId, caseId: string): Promise<readonly string[]> {
  const { desk, doors } = world;
  const asker = await askerFor(by, { rolesOf: doors.rolesOf } as AppDoors);
  const answers = ['keep', 'onLeave', 'reclaim', 'reassign', 'approve', 'decline', 'askOther', 'notMyReport'];
  const replies = [await undoClick(desk, asker, { caseId }, viewOf(world))];
  for (const answer of answers)
    for (const version of [0, 1, 2]) {
      const data = {
        caseId,
        version,
        answer,
        keepReason: 'x',
        keepUntil: '2027-01-15',
        leaveUntil: '2027-01-15',
      };
      replies.push(await answerClick({ desk }, asker, data, viewOf(world)));
    }
  return replies.map((reply) => JSON.stringify(reply));
}

/** What the commands of a terminal say. */
async function terminal(world: HrWorld, caseId: string): Promise<readonly string[]> {
  const { doors } = world;
  const cases = await allCases(doors);
  const said = [casesText(cases)];
  for (const c of cases) {
    said.push(caseText(c));
    for (const { at, text } of await historyOf(doors, c.caseId)) said.push(`${at} ${text}`);
  }
  for (const name of namesOf(caseId)) {
    const match = findCase(cases, name);
    said.push(match.kind === 'one' ? match.case.caseId : notOne(match, 'somebody'));
  }
  said.push(await ordered(world, { order: 'undo', userId: CHIARA }));
  said.push(
    await ordered(world, { order: 'waive', userId: CHIARA, thing: 'OneDrive', reason: 'No.' }),
    await ordered(world, { order: 'give', userId: CHIARA, sku: 'VISIOCLIENT', reason: 'Draws plans' }),
  );
  for (const version of [0, 1, 2, 3]) {
    const seen = [{ caseId: caseId as CaseId, version }];
    said.push(await ordered(world, { order: 'review', verdict: { is: 'release' }, cases: seen }));
    said.push(await ordered(world, { order: 'review', verdict: { is: 'veto', reason: 'No.' }, cases: seen }));
  }
  const found = await readPlan(doors);
  if (found === undefined) throw new Error('no plan');
  said.push(
    writtenPlan(found.plan),
    planText(found.plan, { ...doors.policy, finishedAt: found.run.finishedAt }),
  );
  said.push(JSON.stringify(await checkChains(doors.store)));
  said.push(JSON.stringify(await readSeatAlarms(doors)));
  return said.map((text) => text.replaceAll(caseId, 'ID'));
}

let orders = 0;

async function ordered(world: HrWorld, what: CommandOrder): Promise<string> {
  const { doors } = world;
  const id = `terminal-${(orders += 1)}`;
  const now = instant(doors.clock.now());
  await addCommand(doors, newCommand(id, what, 'terminal', now, now));
  await world.work();
  return JSON.stringify((await doors.store.read<Command>('commands', id, id))?.doc.outcome);
}

/** Everything that anybody can learn who is not of HR. */
async function everything(world: HrWorld, caseId: string): Promise<readonly string[]> {
  const model = openReadModel(world.doors);
  const said: string[] = [];
  for (const by of OTHERS) {
    for (const question of QUESTIONS) said.push(await chat(world, by, question));
    for (const name of namesOf(caseId))
      for (const about of ['case', 'history', 'undo']) {
        const text = await chat(world, by, `${about} ${name}`);
        said.push(text.replaceAll(caseId, 'ID'));
      }
    for (const name of namesOf(caseId)) {
      const text = await chat(world, by, `waive OneDrive for ${name} because it is copied`);
      said.push(text.replaceAll(caseId, 'ID'));
    }
    const thing = { caseId: caseId as CaseId, by, thing: 'OneDrive', reason: 'It is copied' };
    said.push(JSON.stringify(await world.desk.waive(thing)));
    said.push(JSON.stringify(await world.desk.object({ caseId: caseId as CaseId, by, reason: '' })));
    said.push(JSON.stringify(await world.desk.show({ caseId: caseId as never, by })));
    said.push(...(await world.desk.waitingFor(by)).map(caseText), String(await world.desk.sendAgain(by)));
    said.push(
      JSON.stringify(await world.desk.hrQueue(by)),
      JSON.stringify(await world.desk.findSealed(by, 'chi')),
    );
    said.push(...(await clicks(world, by, caseId)));
  }
  for (const name of namesOf(caseId)) said.push(JSON.stringify(await model.findPerson(name)));
  said.push(
    JSON.stringify([await model.casesOf(CHIARA), await model.forAdmins(), await model.latestAudit()]),
  );
  said.push(...(await terminal(world, caseId)));
  const forOthers = ({ to }: { readonly to: UserId }): boolean => to !== HANNA && to !== HUGO;
  said.push(JSON.stringify(world.teams.sent.filter(forOthers).map(({ to, card }) => [to, card])));
  return said;
}

type Stage = readonly [name: string, live: (world: HrWorld) => Promise<unknown>];

/** How far HR has come with the executive's case. */
const STAGES: readonly Stage[] = [
  ['waits for HR', async () => {}],
  ['was seen by HR', (world) => world.desk.hrQueue(HANNA)],
  ['is kept', (world) => world.answer(HANNA, KEEP)],
  ['waits for a second person', (world) => world.answer(HANNA, RECLAIM)],
  [
    'took the licenses',
    async (world) => {
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
    },
  ],
  [
    'is a task for a person',
    async (world) => {
      world.doors.graph.changeLicenses = async () => ({ kind: 'dependency', message: 'Visio needs it.' });
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
    },
  ],
  [
    'was undone',
    async (world) => {
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
      await world.work(30_000);
      await world.desk.undo({ caseId: (await world.chiara()).caseId, by: HUGO });
    },
  ],
];

describe('an executive’s case', () => {
  test.each(STAGES)('that %s changes nothing that anybody else can learn', async (_name, live) => {
    const lane = await aTenant('open');
    const plain = await aTenant('shut');
    const { caseId } = await lane.world.chiara();
    await live(lane.world);
    // As long as it takes, in both.
    const end = new Date('2026-11-23T06:10:00.000Z').getTime();
    for (const { world } of [lane, plain]) await world.work(end - world.clock.now().getTime());
    orders = 0;
    const withLane = await everything(lane.world, caseId);
    orders = 0;
    const without = await everything(plain.world, 'no-such-case');
    expect(withLane).toEqual(without);
    expect(lane.log).toEqual(plain.log);
    // What an audit reads anew of the tenant is true for both, so only what became of it is compared.
    const again = async (world: HrWorld): Promise<string> => ordered(world, { order: 'audit' });
    orders = 1_000;
    const says = await again(lane.world);
    orders = 1_000;
    expect(says).toBe(await again(plain.world));
    expect(without.join('\n')).toContain('Ada');
    expect(without.length).toBeGreaterThan(200);
  });

  it('that was broken in the store is told of by its number alone', async () => {
    const { world } = await aTenant('open');
    const { caseId } = await world.chiara();
    const heads = new Map([[caseId as string, [{ seq: 2, head: 'f'.repeat(64) }]]]);
    const { faults, summary } = await checkChains(world.store, heads);
    expect(faults).toEqual([`Case ${caseId}: Up to entry 2 the history is not the one that was recorded.`]);
    expect(summary).toContain('1 broken');
    expect(faults.join('\n')).not.toMatch(/Chiara|Hanna|Hugo|HR|executive/);
  });

  it('stands in no way of an older case of the same person', async () => {
    const { world } = await aTenant('open');
    const sealed = await world.chiara();
    const { openedAt } = sealed;
    const older = { ...CASES.closed, userId: CHIARA, caseId: 'older' as CaseId, id: 'older', openedAt };
    await world.store.create('cases', older);
    expect((await openReadModel(world.doors).casesOf(CHIARA)).map(({ caseId }) => caseId)).toEqual(['older']);
    expect(await world.order({ order: 'undo', userId: CHIARA })).toBe(
      'failed: Nothing can be undone: the case is closed.',
    );
    expect((await world.chiara()).version).toBe(sealed.version);
  });
});

describe('HR', () => {
  it('sees its queue, the case by name and its history, and everybody else is told that there is nothing', async () => {
    const { world } = await aTenant('open');
    expect(await chat(world, HANNA, 'who needs hr')).toContain('1 case waits for HR');
    expect(await chat(world, HANNA, 'waiting')).toContain('1 case waits for HR');
    expect(await chat(world, HANNA, 'case Chiara')).toContain('Only HR sees this');
    expect(await chat(world, HANNA, 'history Chiara')).toContain('Told Hugo in Teams.');
    for (const by of OTHERS) expect(await chat(world, by, 'hr')).toContain('nothing for you to do here');
  });

  it('that is an admin as well is asked whom they mean where a name fits a case of each', async () => {
    const { world } = await aTenant('open');
    const rolesOf = async (): Promise<readonly Role[]> => ['admin', 'hr'];
    const doors = { ...world.doors, rolesOf };
    const both = { ...world, doors, desk: openDesk(doors) };
    const older = { ...CASES.closed, userId: STRANGER, caseId: 'other' as CaseId, id: 'other' };
    const subject = { ...CASES.closed.subject, displayName: 'Chiara Bell', userPrincipalName: 'bell@x' };
    await world.store.create('cases', { ...older, subject });
    expect(await chat(both, ALEX, 'undo chi')).toContain('Whom do you mean');
    expect(await chat(both, ALEX, 'case chiara@harbor.example')).toContain('Only HR sees this');
    const said = await chat(both, ALEX, 'waive OneDrive for chiara@harbor.example because it is copied');
    expect(said).not.toContain('Only HR');
    expect(said).toContain('found nobody called');
    const { caseId } = await world.chiara();
    const request = { caseId, by: ALEX, thing: 'OneDrive', reason: 'It is copied' };
    expect(await both.desk.waive(request)).toEqual({ kind: 'noSuchCase' });
    expect((await world.chiara()).state).toBe('hrReview');
  });
});
