import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Finding } from '../../src/audit/finding.js';
import type { UserId } from '../../src/audit/person.js';
import { openBot, openTeams, type BotOptions, type TeamsOptions } from '../../src/bot/open-bot.js';
import type { Messenger } from '../../src/bot/messenger.js';
import { openTextReader } from '../../src/bot/language-model.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { Case, CaseId, Instant } from '../../src/cases/case.js';
import type { AdminDesk } from '../../src/cases/admin/admin-desk.js';
import type { AnswerOutcome, CardAnswer, Desk, PeopleFound } from '../../src/cases/answering/desk.js';
import { entryOf, type Digest } from '../../src/cases/asking/digest.js';
import type { Role } from '../../src/cases/roles.js';
import { namedIn } from '../../src/cases/named.js';
import { ownFacts } from '../../src/chat/own-record.js';
import { rowMaker } from '../../src/chat/query/rows.js';
import { vocabularyOf } from '../../src/chat/query/vocabulary.js';
import type { HistoryLine, ReadModel, RunFigures } from '../../src/chat/read-model.js';
import { keepQuestion, lastQuestion } from '../../src/chat/run-last-question.js';
import type { LanguageModelSettings } from '../../src/config/language-model.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog, type Log } from '../../src/telemetry/log.js';
import { takesObjection } from '../../src/cases/telling/notice.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';
import { CASES, NOW, VIEW } from '../cards/a-case.js';
import { readersOf } from '../world/readers.js';

/** Cases in memory and what was asked of them. It checks who may, as the real desk does. */
export interface DeskWorld extends Desk {
  readonly cases: Map<CaseId, Case>;
  readonly digests: Map<string, Digest>;
  readonly answers: CardAnswer[];
  readonly undone: CaseId[];
  readonly objections: string[];
  /** Cards that are to be edited with their case. */
  readonly kept: Parameters<Desk['keepCard']>[0][];
  /** The next answer ends so instead. */
  next: AnswerOutcome | Error | undefined;
  /** Answers and look-ups wait for this. */
  slow: Promise<void> | undefined;
  /** What a look-up finds. */
  found: PeopleFound | Error;
}

function aDesk(messenger: () => Messenger, roles: ReadonlyMap<UserId, readonly Role[]>): DeskWorld {
  const desk: DeskWorld = {
    cases: new Map(),
    digests: new Map(),
    answers: [],
    undone: [],
    objections: [],
    kept: [],
    next: undefined,
    slow: undefined,
    found: { kind: 'notYours' },
    answer: async ({ caseId, version, by, answer }) => {
      await desk.slow;
      const { next } = desk;
      desk.next = undefined;
      if (next instanceof Error) throw next;
      if (next) return next;
      const c = desk.cases.get(caseId);
      if (!c) return { kind: 'noSuchCase' };
      const isAdmin = roles.get(by)?.includes('admin') === true;
      const asked = 'askedOf' in c && c.askedOf === by;
      if (!asked && !isAdmin) return { kind: 'notYours' };
      const mayAnswer = (c.state === 'asked' && asked) || (c.state === 'adminReview' && isAdmin);
      if (!mayAnswer || c.version !== version) return { kind: 'movedOn', case: c };
      desk.answers.push(answer);
      const { caseId: id, message, version: before } = c;
      const decided = answer.kind === 'keep' ? CASES.kept : CASES.decided;
      const moved: Case = { ...decided, caseId: id, message, version: before + 1, askedOf: by };
      desk.cases.set(id, moved);
      return { kind: 'accepted', case: moved };
    },
    // Who may be found is tested over the real desk: see people-for.test.ts and hostile-look-ups.test.ts.
    peopleFor: async () => {
      await desk.slow;
      if (desk.found instanceof Error) throw desk.found;
      return desk.found;
    },
    object: async ({ caseId, by, reason }) => {
      const c = desk.cases.get(caseId);
      if (c?.userId !== by) return { kind: 'noSuchCase' };
      if (!takesObjection(c)) return { kind: 'movedOn', case: c };
      desk.objections.push(reason);
      const { message, notice, version } = c;
      const moved: Case = {
        ...CASES.adminReview,
        caseId,
        message,
        ...(notice ? { notice } : {}),
        version: version + 1,
      };
      desk.cases.set(caseId, moved);
      return { kind: 'accepted', case: moved };
    },
    waive: async ({ caseId, by, thing }) => {
      if (!desk.cases.has(caseId) || roles.get(by)?.includes('admin') !== true) return { kind: 'noSuchCase' };
      return { kind: 'waived', says: `${thing} is waived in this case: it goes on.` };
    },
    // When somebody may be reminded is tested over the real desk: see remind-now.test.ts.
    remind: async () => ({ kind: 'noSuchCase' }),
    undo: async ({ caseId, by }) => {
      const c = desk.cases.get(caseId);
      if (!c) return { kind: 'noSuchCase' };
      const mayUndo = ('askedOf' in c && c.askedOf === by) || roles.get(by)?.includes('admin') === true;
      if (!mayUndo) return { kind: 'notYours' };
      if (c.state !== 'holding') return { kind: 'nothingToUndo', case: c };
      desk.undone.push(caseId);
      const moved: Case = { ...CASES.undoing, caseId, message: c.message, version: c.version + 1 };
      desk.cases.set(caseId, moved);
      return { kind: 'accepted', case: moved };
    },
    show: async ({ caseId, by, newerThan = -1 }) => {
      const c = desk.cases.get(caseId);
      if (!c) return 'noSuchCase';
      const mayLook = ('askedOf' in c && c.askedOf === by) || roles.get(by)?.includes('admin') === true;
      if (!mayLook) return 'notYours';
      return c.version > newerThan ? c : 'unchanged';
    },
    // What becomes of a kept card is tested over the real desk: see kept-cards.test.ts.
    keepCard: async (request) => void desk.kept.push(request),
    hrQueue: async () => ({ cases: [], more: 0, parked: [], moreParked: 0 }),
    findSealed: async () => ({ kind: 'none' }),
    digest: async ({ digestId, by }) => {
      const digest = desk.digests.get(digestId);
      if (digest?.userId !== by) return undefined;
      const found = digest.cases.flatMap(({ caseId }) => desk.cases.get(caseId) ?? []);
      return { digestId, entries: found.map((c) => entryOf(c, digest)) };
    },
    waitingFor: async (userId) =>
      [...desk.cases.values()].filter((c) => c.state === 'asked' && c.askedOf === userId),
    sendAgain: async (userId) => {
      const waiting = await desk.waitingFor(userId);
      for (const c of waiting) await messenger().send(userId, caseCard(c, VIEW), '');
      return waiting.length;
    },
  };
  return desk;
}

export interface ReadWorld extends ReadModel {
  run: RunFigures | undefined;
  readonly findings: Finding[];
  readonly history: HistoryLine[];
}

function aReadModel(desk: DeskWorld, last: ReadModel['lastQuestion']): ReadWorld {
  const model: ReadWorld = {
    run: undefined,
    findings: [],
    history: [],
    latestAudit: async () => {
      if (model.run === undefined) return undefined;
      const maker = rowMaker(new Date(model.run.finishedAt), 1_000);
      for (const finding of model.findings) maker.add(finding);
      const made = maker.done();
      return { run: model.run, vocabulary: vocabularyOf(made.rows), ...made, unproven: [] };
    },
    findingOf: async (userId) => model.findings.find(({ person }) => person.id === userId),
    ownRecord: async (asker) => {
      const finding = model.findings.find(({ person }) => person.id === asker);
      return {
        auditedAt: model.run?.finishedAt as Instant | undefined,
        facts: finding && ownFacts(finding, new Map()),
        told: undefined,
      };
    },
    unsealedCases: async () => [],
    lastQuestion: last,
    backTest: async () => undefined,
    findPerson: async (text) => {
      const wanted = text.toLowerCase();
      const found = [...desk.cases.values()].filter((c) =>
        c.subject.displayName.toLowerCase().startsWith(wanted),
      );
      const [only] = found;
      if (!only) return { kind: 'none' };
      if (found.length > 1) return { kind: 'several', names: found.map(namedIn) };
      const { displayName, userPrincipalName } = only.subject;
      return { kind: 'one', userId: only.userId, displayName, userPrincipalName };
    },
    casesOf: async (userId) => [...desk.cases.values()].filter((c) => c.userId === userId),
    forAdmins: async () =>
      [...desk.cases.values()].filter((c) => c.state === 'adminReview' || c.state === 'needsPerson'),
    deliveries: async () => [],
    addressed: async () => [],
    historyOf: async () => model.history,
    groupNames: async () => new Map(),
    nameOf: async () => undefined,
    protectionOf: async () => undefined,
  };
  return model;
}

/** What the bot answered over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface BotWorld {
  readonly store: Store;
  readonly connector: TeamsConnector;
  readonly desk: DeskWorld;
  readonly readModel: ReadWorld;
  readonly messenger: Messenger;
  readonly roles: Map<UserId, readonly Role[]>;
  readonly url: string;
  /** An activity as Teams sends it from a person's own chat. */
  post(from: UserId, activity: Record<string, unknown>): Promise<HttpAnswer>;
  say(from: UserId, text: string): Promise<HttpAnswer>;
  /** A click of Action.Execute on a message. */
  click(from: UserId, verb: string, data: unknown, message?: string): Promise<HttpAnswer>;
  /** Moves the clock; nothing waits for it. */
  advance(ms: number): void;
  /** Ends the bot alone. */
  stop(): Promise<void>;
  /** Waits until nothing runs in the background, and ends it all. */
  close(): Promise<void>;
  /** Puts what runs in the background to its end. */
  settled(): Promise<void>;
}

export async function aBot(
  change: Partial<
    Pick<
      BotOptions,
      'patienceMs' | 'rolesOf' | 'ready' | 'host' | 'port' | 'keepQuestion' | 'near' | 'address'
    >
  > &
    Partial<Pick<TeamsOptions, 'identity' | 'credentials'>> & {
      readonly languageModel?: LanguageModelSettings;
      readonly log?: Log;
    } = {},
): Promise<BotWorld> {
  const connector = await aTeamsConnector();
  const folder = mkdtempSync(path.join(tmpdir(), 'bot-'));
  let ids = 0;
  let now = Date.parse(NOW);
  const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };
  const store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((ids += 1)) });
  const roles = new Map<UserId, readonly Role[]>();
  const log = change.log ?? silentLog;
  const teams = openTeams({
    identity: change.identity ?? { kind: 'tryOut' },
    serviceUrl: connector.serviceUrl,
    store,
    log,
    clock,
    random: () => 0.5,
    ...(change.credentials ? { credentials: change.credentials } : {}),
  });
  const desk = aDesk(() => teams.messenger, roles);
  const readModel = aReadModel(desk, (asker) => lastQuestion({ store, clock }, asker));
  const undo = async (): Promise<void> => {
    await store.close();
    await connector.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const bot = await openBot({
    teams,
    host: change.host ?? '127.0.0.1',
    port: change.port ?? 0,
    desk,
    // What admins do with the whole campaign is tested over the real doors: see admin-commands.test.ts.
    admin: {} as AdminDesk,
    ...(change.near === undefined ? {} : { near: change.near }),
    readModelFor: () => readModel,
    keepQuestion:
      change.keepQuestion ?? ((asker, question) => keepQuestion({ store, clock }, asker, question)),
    store,
    ...(change.address === undefined ? {} : { address: change.address }),
    textReader:
      change.languageModel &&
      openTextReader({
        model: change.languageModel,
        tokens: fixedToken('token-of-the-app'),
        adapter: teams.connector.adapter,
        clock,
        log,
      }),
    rolesOf: change.rolesOf ?? (async (userId) => roles.get(userId) ?? []),
    policy: VIEW.policy as BotOptions['policy'],
    clock,
    localeOf: readersOf(teams).localeOf,
    timeZone: VIEW.timeZone,
    log,
    ready: change.ready ?? (async () => ({ store: 'ok' })),
    ...(change.patienceMs === undefined ? {} : { patienceMs: change.patienceMs }),
  }).catch(async (error: unknown) => {
    await undo();
    throw error;
  });
  const url = `http://127.0.0.1:${bot.port}`;

  const post: BotWorld['post'] = async (from, activity) => {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        channelId: 'msteams',
        id: `in-${(ids += 1)}`,
        serviceUrl: connector.serviceUrl,
        from: { id: `29:${from}`, aadObjectId: from },
        recipient: { id: '28:bot' },
        conversation: {
          id: connector.conversationOf(from),
          conversationType: 'personal',
          tenantId: 'tenant',
        },
        channelData: { tenant: { id: 'tenant' } },
        ...activity,
      }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  return {
    store,
    connector,
    desk,
    readModel,
    messenger: teams.messenger,
    roles,
    url,
    post,
    say: (from, text) => post(from, { type: 'message', text }),
    click: (from, verb, data, message) =>
      post(from, {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: message,
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      }),
    advance: (ms) => void (now += ms),
    settled: () => bot.settled(),
    stop: () => bot.close(),
    close: async () => {
      await bot.close();
      await undo();
    },
  };
}
