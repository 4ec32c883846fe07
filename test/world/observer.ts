import type { UserId } from '../../src/audit/person.js';
import { adminTurn } from '../../src/bot/admin-turns.js';
import { askerFor, type AppDoors } from '../../src/bot/app-doors.js';
import { answerClick, undoClick } from '../../src/bot/clicks.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import { readSeatAlarms } from '../../src/cases/campaign/run-held-seats.js';
import { readPlan } from '../../src/cases/campaign/run-plan.js';
import { instant, type CaseId } from '../../src/cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../../src/cases/command.js';
import { findCase } from '../../src/cases/find-case.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { answerTo } from '../../src/chat/answer.js';
import { undone } from '../../src/chat/case-answer.js';
import { parse } from '../../src/chat/parse.js';
import { allCases, historyOf, openReadModel } from '../../src/chat/run-read-model.js';
import { waived } from '../../src/chat/waive-answer.js';
import { casesText, caseText, notOne } from '../../src/cli/case-text.js';
import { writtenPlan } from '../../src/cli/plan-file.js';
import { planText } from '../../src/cli/plan-text.js';
import { checkChains } from '../../src/cli/verify-command.js';
import type { Log, LogFields } from '../../src/telemetry/log.js';
import { ADA, ALEX, CHIARA, GRACE, HANNA, HUGO, STRANGER, type HrWorld } from './hr-world.js';

/** Everybody who is not of HR, the executive and their manager among them. */
export const OTHERS: readonly UserId[] = [ALEX, GRACE, CHIARA, ADA, STRANGER];

/** Whom everybody is curious about. `caseId`: of a case, which somebody may have come to know. */
export interface About {
  readonly userId: UserId;
  readonly name: string;
  readonly caseId: string;
}

/** A log into lines. Hashes differ from world to world by their salts. */
export function listening(into: string[]): Log {
  const hear =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      const { head: _head, ...rest } = fields;
      into.push(`${level} ${message} ${JSON.stringify(rest)}`);
    };
  return { debug: hear('debug'), info: hear('info'), warn: hear('warn'), error: hear('error') };
}

/** An admin about whom there is no case. */
const NOBODY = '00000000-0000-4000-8000-00000000ffff' as UserId;

const QUESTIONS = [
  'help',
  'hello',
  'who is inactive but licensed',
  'waiting',
  'hr',
  'who needs hr',
  'who is not judged',
  'guests',
  'inactive per department',
  'inactive in Board',
  'inactive E5 per country',
  'how many inactive per manager',
  'not asked',
  'how many per state',
  'deliveries',
  'export inactive',
];

/** What everybody is told about themself, whether they ask for it or have no role and are not understood. */
const OF_ONESELF = ['me', 'wie wird das Wetter morgen in Berlin'];

/** What admins ask of the whole campaign; nothing of it changes anything. */
const OF_ADMINS = ['campaign status', 'protections', 'review', 'admin history', 'savings'];

/** Answered with numbers, some of them of people who are not named. */
const IN_FIGURES = [
  'what if 60, 90 and 120 days',
  'how many are protected',
  'who is protected in Board',
  'position',
  'approve',
];

/** The last one names no case of a world without HR's. */
function namesOf({ userId, name, caseId }: About): readonly string[] {
  return [name, name.slice(0, 3).toLowerCase(), `${name.toLowerCase()}@harbor.example`, userId, caseId];
}

/** What somebody is answered in the chat; what they order is carried out. */
export async function chat(world: HrWorld, by: UserId, text: string): Promise<string> {
  const { desk, doors } = world;
  const asker = await askerFor(by, { rolesOf: doors.rolesOf } as AppDoors);
  const view = viewOf(world);
  const sources = { desk, readModel: openReadModel(doors) };
  const answer = await answerTo(parse(text), asker, sources, view);
  return `${by} ${text}: ${JSON.stringify(readable(await shown()))}`;

  async function shown(): Promise<object> {
    if (answer.kind === 'admin') {
      // A roster comes with a file; nothing here sends one.
      if (answer.wants.do === 'importRoster') return answer;
      return adminTurn(openAdminDesk(doors), by, answer.wants, view);
    }
    if (answer.kind === 'undo') return undone(await desk.undo({ caseId: answer.caseId, by }), asker, view);
    if (answer.kind !== 'waive') return answer;
    const { caseId, thing, reason } = answer;
    return waived(await desk.waive({ caseId, by, thing, reason }), view);
  }
}

/** What reaches the chat: the case that a card is remembered with stays here, and has ids and hashes of its world. */
function readable(answer: object): object {
  const { case: _case, ...read } = answer as { readonly case?: unknown };
  return read;
}

function viewOf({ doors }: HrWorld): CaseView {
  const { policy, timeZone } = doors;
  return { policy, now: instant(doors.clock.now()), timeZone, locale: 'en' };
}

/** A click on every button that HR's cards have, by somebody who knows the id of the case. */
async function clicks(world: HrWorld, by: UserId, caseId: string): Promise<readonly string[]> {
  const { desk, doors } = world;
  const clicker = { userId: by, asker: askerFor(by, { rolesOf: doors.rolesOf } as AppDoors) };
  const answers = [
    'keep',
    'onLeave',
    'park',
    'reclaim',
    'reassign',
    'approve',
    'decline',
    'askOther',
    'notMyReport',
  ];
  const replies = [await undoClick(desk, clicker, { caseId }, viewOf(world))];
  for (const answer of answers)
    for (const version of [0, 1, 2]) {
      const data = {
        caseId,
        version,
        answer,
        keepReason: 'x',
        keepUntil: '2027-01-15',
        leaveUntil: '2027-01-15',
        parkUntil: '2027-01-15',
      };
      replies.push(await answerClick({ desk }, clicker, data, viewOf(world)));
    }
  return replies.map((reply) => JSON.stringify(reply));
}

/** What the commands of a terminal say that change nothing. */
async function terminalShows(world: HrWorld, about: About): Promise<readonly string[]> {
  const { doors } = world;
  const cases = await allCases(doors);
  const said = [casesText(cases)];
  for (const c of cases) {
    said.push(caseText(c));
    for (const { at, text } of await historyOf(doors, c.caseId)) said.push(`${at} ${text}`);
  }
  for (const name of namesOf(about)) {
    const match = findCase(cases, name);
    said.push(match.kind === 'one' ? match.case.caseId : notOne(match, 'somebody'));
  }
  said.push(JSON.stringify(await checkChains(doors.store)));
  said.push(JSON.stringify(await readSeatAlarms(doors)));
  return said;
}

/** What a terminal's orders about the person come to. */
async function terminalOrders(world: HrWorld, { userId, caseId }: About): Promise<readonly string[]> {
  const said = [
    await ordered(world, { order: 'undo', userId }),
    await ordered(world, { order: 'waive', userId, thing: 'OneDrive', reason: 'No.' }),
    await ordered(world, { order: 'give', userId, sku: 'VISIOCLIENT', reason: 'Draws plans' }),
  ];
  for (const version of [0, 1, 2, 3]) {
    const seen = [{ caseId: caseId as CaseId, version }];
    said.push(await ordered(world, { order: 'review', verdict: { is: 'release' }, cases: seen }));
    said.push(await ordered(world, { order: 'review', verdict: { is: 'veto', reason: 'No.' }, cases: seen }));
  }
  return said;
}

let orders = 0;

/** From the same number on, two worlds give their orders the same ids. */
export function countOrdersFrom(first: number): void {
  orders = first;
}

export async function ordered(world: HrWorld, what: CommandOrder): Promise<string> {
  const { doors } = world;
  const id = `terminal-${(orders += 1)}`;
  const now = instant(doors.clock.now());
  await addCommand(doors, newCommand(id, what, 'terminal', now, now));
  await world.work();
  return JSON.stringify((await doors.store.read<Command>('commands', id, id))?.doc.outcome);
}

/** Numbers that anybody can read who is not of HR. */
async function figures(world: HrWorld): Promise<readonly string[]> {
  const { doors } = world;
  const said: string[] = [];
  for (const by of OTHERS) for (const question of IN_FIGURES) said.push(await chat(world, by, question));
  const found = await readPlan(doors);
  if (found === undefined) throw new Error('no plan');
  const finishedAt = found.run.finishedAt;
  said.push(writtenPlan(found.plan), planText(found.plan, { ...doors.policy, finishedAt }));
  said.push(JSON.stringify(await openReadModel(doors).latestAudit()));
  return said;
}

/** What anybody who is not of HR can read and hear of people by name; nothing changes by it. */
export async function namings(world: HrWorld, about: About): Promise<readonly string[]> {
  const model = openReadModel(world.doors);
  const said: string[] = [];
  for (const by of OTHERS) {
    for (const question of [...QUESTIONS, ...OF_ONESELF, ...OF_ADMINS])
      said.push(await chat(world, by, question));
    for (const name of namesOf(about))
      for (const words of ['case', 'history', 'who is', 'why was'])
        said.push(await chat(world, by, `${words} ${name}${words === 'why was' ? ' asked' : ''}`));
    said.push(
      await chat(world, by, `me ${about.userId}`),
      await chat(world, by, `about me and ${about.name}`),
    );
    said.push(await chat(world, by, `inactive managed by ${about.name}`));
    said.push(JSON.stringify(await world.desk.show({ caseId: about.caseId as CaseId, by })));
    said.push(...(await world.desk.waitingFor(by)).map(caseText));
    said.push(
      JSON.stringify(await world.desk.hrQueue(by)),
      JSON.stringify(await world.desk.findSealed(by, about.name.slice(0, 3).toLowerCase())),
    );
  }
  for (const name of namesOf(about))
    for (const among of ['cases', 'everybody'] as const)
      said.push(JSON.stringify(await model.findPerson(name, among, NOBODY)));
  said.push(JSON.stringify([await model.casesOf(about.userId), await model.forAdmins()]));
  said.push(...(await terminalShows(world, about)), ...messages(world));
  return said;
}

/** What others than HR were sent, and as what it stands there now. */
function messages({ teams }: HrWorld): readonly string[] {
  const forOthers = teams.sent.filter(({ to }) => to !== HANNA && to !== HUGO);
  const chats = new Map(forOthers.map(({ to, message }) => [message.activityId, to]));
  const edits = teams.edits.filter(({ message }) => chats.has(message.activityId));
  return [
    JSON.stringify(forOthers.map(({ to, card }) => [to, card])),
    JSON.stringify(edits.map(({ message, card }) => [chats.get(message.activityId), card])),
  ];
}

/** What anybody who is not of HR is answered who tries to do something about the person. */
async function attempts(world: HrWorld, about: About): Promise<readonly string[]> {
  const said: string[] = [];
  for (const by of OTHERS) {
    for (const name of namesOf(about)) {
      said.push(await chat(world, by, `undo ${name}`));
      said.push(await chat(world, by, `waive OneDrive for ${name} because it is copied`));
    }
    const thing = { caseId: about.caseId as CaseId, by, thing: 'OneDrive', reason: 'It is copied' };
    said.push(JSON.stringify(await world.desk.waive(thing)));
    said.push(JSON.stringify(await world.desk.object({ caseId: about.caseId as CaseId, by, reason: '' })));
    said.push(String(await world.desk.sendAgain(by)));
    said.push(...(await clicks(world, by, about.caseId)));
  }
  said.push(...(await terminalOrders(world, about)));
  return said;
}

/** Everything that anybody can learn who is not of HR; the id that they know is called `ID`. */
export async function everything(world: HrWorld, about: About): Promise<readonly string[]> {
  const said = [
    ...(await figures(world)),
    ...(await namings(world, about)),
    ...(await attempts(world, about)),
    ...(await figures(world)),
    ...(await namings(world, about)),
  ];
  return said.map((text) => text.replaceAll(about.caseId, 'ID'));
}
