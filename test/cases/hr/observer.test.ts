import { afterEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditFiles } from '../../../src/audit/files/files.js';
import { runAudit } from '../../../src/audit/run-audit.js';
import type { UserId } from '../../../src/audit/person.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import { auditDoorsOf } from '../../../src/cases/run-command.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import type { SignInPage } from '../../../src/graph/graph-door.js';
import { aGroup } from '../../world/directory-world.js';
import { ADA, ALEX, anHrWorld, GRACE, HANNA, type HrWorld } from '../../world/hr-world.js';
import { chat, countOrdersFrom, everything, listening, namings, ordered } from '../../world/observer.js';
import { groupId, NOW } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

/**
 * Grace was asked about Ada when Ada becomes an executive, whom only HR may know of. To everybody else the two must look
 * alike: in figures Ada and somebody who is just protected, wherever people are named Ada and somebody who is active again.
 */
type Becomes = 'executive' | 'exempt' | 'activeAgain';

const HOUR_MS = 3_600_000;
const ABOUT = { userId: ADA, name: 'Ada' } as const;
const POLICY = [
  'timetable: { reminders: [], answerDue: P2D, deliverWithin: P1D, review: PT1H, afterDecision: PT1H, disableSignIn: PT2H, convertMailbox: PT2H, removeLicenses: PT3H }',
  'privacy: { retainDays: 180 }',
].join('\n');
/** No seat is free: whoever is told of seats that undos need learns of every license that was taken. */
const FULL = Object.values(SKUS).map((sku) => ({ ...sku, assigned: sku.bought }));

interface Tenant {
  readonly world: HrWorld;
  readonly becomes: Becomes;
  readonly log: string[];
}

const worlds: HrWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function aTenant(becomes: Becomes): Promise<Tenant> {
  const log: string[] = [];
  countOrdersFrom(0);
  const world = await anHrWorld({
    policy: POLICY,
    log: listening(log),
    skus: FULL,
    // Whoever came back is seen at once.
    through: (doors) => ({ ...doors, keepSignInsMs: 0 }),
    groups: [aGroup('hr-team'), aGroup('exempt'), aGroup('board')],
    reshape: ({ protect, ...policy }) => ({
      ...policy,
      protect: { ...protect, executives: { ...protect.executives, groups: [groupId('board')] } },
    }),
  });
  worlds.push(world);
  return { world, becomes, log };
}

/** How far the case has come when it happens. */
const MOMENTS = {
  'was asked about': async () => {},
  'is kept': async ({ world }: Tenant) =>
    answer(world, { kind: 'keep', reason: 'Soon', until: '2027-01-15' }),
  'is on leave': async ({ world }: Tenant) => answer(world, { kind: 'onLeave', until: '2027-01-15' }),
  'waits for an admin': async ({ world }: Tenant) => answer(world, { kind: 'notMyReport' }),
  'is in review': async ({ world }: Tenant) => answer(world, { kind: 'reclaim', reason: '' }),
  'has steps with a date': async (tenant: Tenant) => {
    await answer(tenant.world, { kind: 'reclaim', reason: '' });
    await pass(tenant, 90);
  },
  'lost the license': async (tenant: Tenant) => {
    await answer(tenant.world, { kind: 'reclaim', reason: '' });
    await pass(tenant, 5 * 60);
  },
} as const;

/** What follows; HR's own answers have nothing beside them in the other world. */
const AFTER = {
  'an audit': async ({ world }: Tenant) => void (await ordered(world, { order: 'audit' })),
  'an hour': (tenant: Tenant) => pass(tenant, 60),
  'three hours': (tenant: Tenant) => pass(tenant, 180),
  'the manager’s undo': async ({ world }: Tenant) => void (await chat(world, GRACE, 'undo Ada')),
  'protection by an admin': async ({ world }: Tenant) =>
    void (await chat(world, ALEX, 'protect Ada because she is needed')),
  'its end': async ({ world }: Tenant) => void (await chat(world, ALEX, 'unprotect Ada')),
  'a look of HR': async ({ world }: Tenant) => void (await world.desk.hrQueue(HANNA)),
  'HR keeps': async ({ world, becomes }: Tenant) => {
    const c = await world.caseOf(ADA);
    if (becomes !== 'executive' || c.state !== 'hrReview') return;
    const kept = { kind: 'keep', reason: 'Board', until: '2027-01-15' } as const;
    await world.desk.answer({ caseId: c.caseId, version: c.version, by: HANNA, answer: kept });
  },
  /** HR's case goes on, and the others must not notice that somebody is not asked about any more without a reason. */
  'an end of the office': async ({ world, becomes }: Tenant) => {
    const isHrs = becomes === 'executive' && isSealed(await world.caseOf(ADA));
    if (isHrs) await world.graph.leaveGroup(groupId('board'), ADA);
  },
} as const;

type Moment = keyof typeof MOMENTS;
type After = keyof typeof AFTER;

async function answer(world: HrWorld, given: CardAnswer): Promise<void> {
  const { caseId, version } = await world.caseOf(ADA);
  const { kind } = await world.desk.answer({ caseId, version, by: GRACE, answer: given });
  expect(kind).toBe('accepted');
  await world.work();
}

async function pass({ world }: Pick<Tenant, 'world'>, minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 30) {
    world.clock.advance(HOUR_MS / 2);
    await world.work();
  }
}

async function turn({ world: { graph }, becomes }: Tenant): Promise<void> {
  if (becomes === 'executive') await graph.joinGroup(groupId('board'), ADA);
  if (becomes === 'exempt') await graph.joinGroup(groupId('exempt'), ADA);
  if (becomes !== 'activeAgain') return;
  const signInsOf = graph.signInsOf.bind(graph);
  const signIns = graph.signIns.bind(graph);
  const signInsUntil = graph.signInsUntil.bind(graph);
  const back = <T extends { readonly userId: UserId }>(row: T): T =>
    row.userId === ADA ? { ...row, successful: NOW, interactive: NOW } : row;
  graph.signInsOf = async (ids) => (await signInsOf(ids)).map(back);
  async function* backIn(pages: AsyncIterable<SignInPage>): AsyncGenerator<SignInPage> {
    for await (const page of pages) yield { ...page, rows: page.rows.map(back) };
  }
  graph.signIns = (from) => backIn(signIns(from));
  graph.signInsUntil = (until, from) => backIn(signInsUntil(until, from));
}

async function live(becomes: Becomes, moment: Moment, after: readonly After[]): Promise<Tenant> {
  const tenant = await aTenant(becomes);
  await MOMENTS[moment](tenant);
  await turn(tenant);
  for (const next of after) await AFTER[next](tenant);
  await tenant.world.work();
  return tenant;
}

/** Ids and hashes are by chance. */
function withoutChance(said: readonly string[]): readonly string[] {
  return said.map((text) => text.replaceAll(/id-\d+|[0-9a-f]{32,}/g, 'ID'));
}

/** The files that an audit writes, by name; what is HR's is not for others. */
async function filesOf({ world: { doors } }: Tenant): Promise<ReadonlyMap<string, string>> {
  const result = await runAudit(auditDoorsOf(doors), doors.policy);
  const files = auditFiles(result, doors.policy, 'hash').filter(({ mode }) => mode === 0o644);
  return new Map(files.map(({ name, content }) => [name, [...content].join('')]));
}

/** Without the one row that an exempt person has in the list of protected people, and an executive has not. */
function withoutAda([name, text]: readonly [string, string]): string {
  if (name.endsWith('.csv')) {
    const rows = text.split('\r\n').filter((row) => !row.includes('ada@harbor.example'));
    return `${name}\n${rows.join('\n')}`;
  }
  if (name === 'plan.json') {
    const plan = JSON.parse(text) as { readonly people: readonly { readonly userId: string }[] };
    return JSON.stringify({ ...plan, people: plan.people.filter(({ userId }) => userId !== ADA) });
  }
  if (name === 'report.html') return [...text.matchAll(/<p class="figure">.*?<\/p>/gsu)].join('\n');
  return text;
}

const A_LIFE = {
  moment: fc.constantFrom(...(Object.keys(MOMENTS) as Moment[])),
  after: fc.array(fc.constantFrom(...(Object.keys(AFTER) as After[])), { minLength: 1, maxLength: 4 }),
};

/** Moments that once told of HR's lane, and others by chance. */
const RUNS: fc.Parameters<[{ readonly moment: Moment; readonly after: After[] }]> = {
  numRuns: 6,
  examples: [
    [{ moment: 'was asked about', after: ['an audit'] }],
    [{ moment: 'has steps with a date', after: ['three hours', 'an audit'] }],
    [{ moment: 'is in review', after: ['an audit', 'an end of the office', 'an audit'] }],
  ],
};

/** Where two listeners hear something else, from a little before on. */
function differences(one: readonly string[], other: readonly string[]): readonly string[] {
  const pairs = Array.from({ length: Math.max(one.length, other.length) }, (_, at) => [one[at], other[at]]);
  return pairs.flatMap(([a = '', b = '']) => {
    if (a === b) return [];
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    const from = Math.max(0, at - 200);
    return [`${a.slice(0, 60)}: ${a.slice(from, from + 400)}\n  or: ${b.slice(from, from + 400)}`];
  });
}

/** The id of HR's case, which somebody may have come to know; the others' own case where there is none. */
async function idOfCase({ world }: Tenant): Promise<string> {
  return (await world.caseOf(ADA)).caseId;
}

it('is an executive’s case told of by nothing that anybody else can ask, whatever happens to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(A_LIFE), async ({ moment, after }) => {
      const executive = await live('executive', moment, after);
      const exempt = await live('exempt', moment, after);
      const isHrs = isSealed(await executive.world.caseOf(ADA));
      const files = await Promise.all([executive, exempt].map(filesOf));
      const [withRow = [], without = []] = files.map((each) => [...each].map(withoutAda));
      expect(differences(withRow, without)).toEqual([]);
      countOrdersFrom(1_000);
      const caseId = await idOfCase(executive);
      const seen = await everything(executive.world, { ...ABOUT, caseId });
      countOrdersFrom(1_000);
      const known = isHrs ? 'no-such-case' : await idOfCase(exempt);
      const instead = await everything(exempt.world, { ...ABOUT, caseId: known });
      expect(differences(withoutChance(seen), withoutChance(instead))).toEqual([]);
      expect(differences(withoutChance(executive.log), withoutChance(exempt.log))).toEqual([]);
      for (const { world } of [executive, exempt]) await world.close();
      worlds.length = 0;
    }),
    RUNS,
  );
}, 300_000);

it('is somebody who becomes an executive named nowhere but where those are who are active again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(A_LIFE), async ({ moment, after }) => {
      const executive = await live('executive', moment, after);
      const active = await live('activeAgain', moment, after);
      const isHrs = isSealed(await executive.world.caseOf(ADA));
      const caseId = await idOfCase(executive);
      const seen = await namings(executive.world, { ...ABOUT, caseId });
      const known = isHrs ? 'no-such-case' : await idOfCase(active);
      const instead = await namings(active.world, { ...ABOUT, caseId: known });
      const [theirPage, otherPage] = [seen, instead].map(withoutOwnPage);
      expect(
        differences(withoutFigures(theirPage ?? [], caseId), withoutFigures(otherPage ?? [], known)),
      ).toEqual([]);
      const lists = await Promise.all([executive, active].map(filesOf));
      const [theirs = [], others = []] = lists.map((each) => [...each].filter(([, text]) => namesAda(text)));
      expect(theirs.map(([name]) => name)).toEqual(others.map(([name]) => name));
      for (const { world } of [executive, active]) await world.close();
      worlds.length = 0;
    }),
    RUNS,
  );
}, 300_000);

/** Whoever is active again reads other dates about themself, which everybody knows of themself. */
function withoutOwnPage(said: readonly string[]): readonly string[] {
  return said.map((text) => (text.startsWith(ADA) && text.includes(OWN_PAGE) ? OWN_PAGE : text));
}

const OWN_PAGE = 'What is on record about you';

/** Beside lists and files stands how many people are protected, who are not named, and how many active. */
function withoutFigures(said: readonly string[], caseId: string): readonly string[] {
  return withoutChance(said.map((text) => text.replaceAll(caseId, 'ID'))).map((text) =>
    text
      .replaceAll(/\d+ (person|people) are protected/g, 'some are protected')
      .replaceAll(/\d+ (active|protected)(?=[,.])/g, 'some $1'),
  );
}

function namesAda(text: string): boolean {
  return text.includes('ada@harbor.example');
}
