import type { BotIdentity } from '../../src/config/settings.js';
import type { UserId } from '../../src/audit/person.js';
import { openBot, openTeams, type Bot, type Teams } from '../../src/bot/open-bot.js';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import type { Case } from '../../src/cases/case.js';
import { isSealed } from '../../src/cases/hr/sealed.js';
import { keepQuestion } from '../../src/chat/run-last-question.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import { systemClock } from '../../src/graph/clock.js';
import { openNear } from '../../src/graph/near.js';
import type { HistoryEvent, HistorySide } from '../../src/store/history.js';
import type { Doc } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aGroup } from '../world/directory-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../world/people.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';
import { readersOf } from '../world/readers.js';

/** Grace is asked about Ada and Ben on one card, Otto about Paul; what Nora was asked about, Kim, is done already. */
export const GRACE = userId('Grace');
export const ADA = userId('Ada');
export const BEN = userId('Ben');
export const OTTO = userId('Otto');
export const PAUL = userId('Paul');
export const NORA = userId('Nora');
export const KIM = userId('Kim');
/** Iris is idle, an admin, and has no manager: her case is for the admins. Alex and Anna are admins, Anna by a group. */
export const IRIS = userId('Iris');
export const ALEX = userId('Alex');
export const ANNA = userId('Anna');
/** Chiara is an idle executive who reports to Grace; Hanna and Hugo are HR, Hugo by a group. */
export const CHIARA = userId('Chiara');
export const HANNA = userId('Hanna');
export const HUGO = userId('Hugo');
/** An employee with no role. */
export const STRANGER = userId('Bob');

export const ADMINS = groupId('admins');
export const HR = groupId('hr-team');

/** What came back, and everything that the bot sent to Teams because of it. */
export interface Outcome {
  readonly status: number;
  readonly text: string;
  /** Bodies of the calls to Teams, as JSON. */
  readonly sent: string;
  /** Cases, history, what is to be sent, switches and runs: are as they were before. */
  readonly isUnchanged: boolean;
}

export type Activity = Readonly<Record<string, unknown>>;

export interface HostileWorld {
  readonly cases: CaseWorld;
  readonly connector: TeamsConnector;
  readonly url: string;
  /** The case about somebody as it is at the beginning. */
  about(subject: UserId): Case;
  /** Sends anything, and waits until nothing comes of it any more. */
  send(body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Outcome>;
  /** An activity as Teams sends it from a person's own chat, with what is different about it. */
  post(from: UserId, activity: Activity): Promise<Outcome>;
  say(from: UserId, text: string): Promise<Outcome>;
  /** A click of Action.Execute. */
  click(from: UserId, verb: unknown, data: unknown, activity?: Activity): Promise<Outcome>;
  close(): Promise<void>;
}

export interface HostileOptions {
  readonly identity?: BotIdentity;
  readonly credentials?: NonNullable<Parameters<typeof openTeams>[0]['credentials']>;
  /** What Teams has told of people before the first question goes out. */
  readonly languages?: readonly (readonly [UserId, string])[];
}

/** The real bot over HTTP, over the real desk and store, in a tenant in which everybody has something to lose. */
export async function aHostileWorld({
  identity = { kind: 'tryOut' },
  languages = [],
  ...more
}: HostileOptions = {}): Promise<HostileWorld> {
  const connector = await aTeamsConnector();
  let teams: Teams | undefined;
  const cases = await aCaseWorld(people(), {
    policy: [
      `roles: { admins: [${ALEX}, ${IRIS}, ${ADMINS}], hr: [${HANNA}, ${HR}] }`,
      'limits: { casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }',
    ].join('\n'),
    groups: [aGroup('admins'), aGroup('hr-team')],
    admins: 'byPolicy',
    through: (doors) => {
      const { store, clock, sleep } = doors;
      const timed = { now: () => clock.now(), sleep: (ms: number) => sleep(ms) };
      const { serviceUrl } = connector;
      teams = openTeams({
        identity,
        serviceUrl,
        store,
        log: silentLog,
        clock: timed,
        random: () => 0.5,
        ...more,
      });
      return {
        ...doors,
        messenger: teams.messenger,
        ...readersOf({
          conversations: teams.conversations,
          directory: async (userId) => (await doors.graph.person(userId)) ?? { usageLocation: undefined },
        }),
      };
    },
  });
  for (const [userId, language] of languages) await teams?.conversations.learn(userId, { language });
  await cases.audit();
  await cases.work();
  await finished(cases);
  const bot = await opened(cases, teams as Teams);
  const before = new Map((await everyDoc(cases, 'cases')).map((doc) => [(doc as Case).userId, doc as Case]));
  return {
    cases,
    connector,
    ...sending(cases, connector, bot),
    about: (subject) => before.get(subject) as Case,
  };
}

function people(): readonly ReturnType<typeof aPerson>[] {
  const [grace, otto, nora] = ['Grace', 'Otto', 'Nora'].map((name) => aPerson(name, idle(1)));
  const of = (manager: typeof grace): object => (manager === undefined ? {} : { manager });
  return [
    aPerson('Ada', { ...asked('Ada'), ...of(grace) }),
    aPerson('Ben', { ...asked('Ben'), ...of(grace) }),
    aPerson('Chiara', { ...asked('Chiara'), ...of(grace), jobTitle: 'Chief Financial Officer' }),
    aPerson('Paul', { ...asked('Paul'), ...of(otto) }),
    aPerson('Kim', { ...asked('Kim'), ...of(nora) }),
    aPerson('Iris', asked('Iris')),
    aPerson('Anna', { ...idle(1), groups: ['admins'] }),
    aPerson('Hugo', { ...idle(1), groups: ['hr-team'] }),
    ...[grace, otto, nora].flatMap((each) => each ?? []),
    ...['Alex', 'Hanna', 'Bob', 'Carl', 'Dora', 'Eve', 'Finn', 'Gil'].map((name) => aPerson(name, idle(1))),
  ];
}

/** The surname of everybody about whom there is a case: whoever reads it in an answer has learned something. */
export const SURNAME = 'Quillfeather';

function asked(name: string): PersonSpec {
  return { ...idle(150), displayName: `${name} ${SURNAME}` };
}

/** Nora has answered, and Kim's license is held for the undo. */
async function finished(cases: CaseWorld): Promise<void> {
  const { caseId, version } = await cases.caseOf(KIM);
  const answer = { kind: 'reclaim', reason: 'Left the team' } as const;
  await cases.desk.answer({ caseId, version, by: NORA, answer });
  await cases.work(60_000);
}

function opened({ doors, desk }: CaseWorld, teams: Teams): Promise<Bot> {
  const readModel = openReadModel(doors);
  return openBot({
    teams,
    host: '127.0.0.1',
    port: 0,
    desk,
    admin: openAdminDesk(doors),
    near: openNear({ graph: doors.graph, clock: systemClock, log: silentLog }),
    readModelFor: () => readModel,
    keepQuestion: (asker, question) => keepQuestion(doors, asker, question),
    store: doors.store,
    rolesOf: doors.rolesOf,
    policy: doors.policy,
    clock: doors.clock,
    localeOf: doors.localeOf,
    timeZone: doors.timeZone,
    log: silentLog,
    ready: async () => ({ store: 'ok' }),
  });
}

function sending(
  cases: CaseWorld,
  connector: TeamsConnector,
  bot: Bot,
): Omit<HostileWorld, 'cases' | 'connector' | 'about'> {
  const url = `http://127.0.0.1:${bot.port}`;
  let ids = 0;
  const send: HostileWorld['send'] = async (body, headers = {}) => {
    const before = await keptOf(cases);
    const calls = connector.calls.length;
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body as BodyInit,
    });
    const text = await response.text();
    await bot.settled();
    const sent = JSON.stringify(connector.calls.slice(calls).map((call) => call.body));
    return { status: response.status, text, sent, isUnchanged: (await keptOf(cases)) === before };
  };
  const post: HostileWorld['post'] = (from, activity) =>
    send(JSON.stringify({ ...ordinary(connector, from, (ids += 1)), ...activity }));
  return {
    url,
    send,
    post,
    say: (from, text) => post(from, { type: 'message', text }),
    click: (from, verb, data, activity = {}) =>
      post(from, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
        ...activity,
      }),
    close: async () => {
      await bot.close();
      await cases.close();
      await connector.close();
    },
  };
}

/** What every activity of a personal chat has. */
export function ordinary(connector: TeamsConnector, from: UserId, id: number): Activity {
  return {
    channelId: 'msteams',
    id: `in-${id}`,
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${from}`, aadObjectId: from },
    recipient: { id: '28:bot' },
    conversation: { id: connector.conversationOf(from), conversationType: 'personal', tenantId: 'tenant' },
    channelData: { tenant: { id: 'tenant' } },
  };
}

/**
 * Everything but where people are reached, which every message of theirs may tell anew, where the cards stand that they were
 * answered with, and that they have seen these; of HR's cases that as well.
 */
async function keptOf(cases: CaseWorld): Promise<string> {
  const containers = ['cases', 'commands', 'meta', 'runs'] as const;
  const all = await Promise.all(containers.map((container) => everyDoc(cases, container)));
  return JSON.stringify(all.map(withoutLooks));
}

function withoutLooks(docs: readonly Doc[]): readonly Doc[] {
  const ofHr = new Set(
    docs.filter((doc) => doc.kind === 'case' && isSealed(doc as Case)).map(({ id }) => id),
  );
  const events = docs.filter((doc): doc is HistoryEvent => doc.kind === 'event');
  const placeOf = ({ caseId, seq }: Pick<HistoryEvent, 'caseId' | 'seq'>): string => `${caseId} ${seq}`;
  const looks = new Set(
    events.filter(({ type, caseId }) => type === 'cardSeen' && !ofHr.has(caseId)).map(placeOf),
  );
  return docs.flatMap((doc) => {
    if (doc.kind === 'event' || doc.kind === 'side')
      return looks.has(placeOf(doc as HistoryEvent | HistorySide)) ? [] : [doc];
    if (doc.kind !== 'case' || ofHr.has(doc.id)) return [doc];
    const { further: _further, head: _head, seq: _seq, ...rest } = doc as Case;
    return [rest];
  });
}

async function everyDoc(
  { store }: CaseWorld,
  container: 'cases' | 'commands' | 'meta' | 'runs',
): Promise<Doc[]> {
  const docs: Doc[] = [];
  for await (const { doc } of store.query({ container, where: [] })) docs.push(doc);
  return docs;
}
