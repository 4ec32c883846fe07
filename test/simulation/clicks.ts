import type { ClickReply, FurtherCard } from '../../src/bot/clicks.js';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import { VERBS } from '../../src/bot/verbs.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import type { CardJson } from '../../src/bot/messenger.js';
import type { UserId } from '../../src/audit/person.js';
import { caseCard } from '../../src/cards/case-card.js';
import { INPUTS } from '../../src/cards/answer-forms.js';
import { DIGEST_INPUTS } from '../../src/cards/digest-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { instant, type Case, type CaseId, type MessageRef } from '../../src/cases/case.js';
import type { Asker } from '../../src/chat/answer.js';
import { viewFor } from '../../src/chat/case-answer.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';
import { casesWith, type CardButton } from './card-buttons.js';
import { nameOf } from './cast.js';
import type { Instance } from './instance.js';
import type { Copy } from './teams.js';
import type { Click } from './watch.js';
import type { World } from './world.js';

/** What somebody sends with a button. */
export interface Sent {
  readonly by: UserId;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The message on which the button was; undefined: somebody copied its data, or asked in words. */
  readonly copy: Copy | undefined;
  /** What the person does when the answer is there; `again`: there was none. */
  readonly afterwards?: (reply: ClickReply | 'again') => void;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TWO_DAYS_MS = 2 * DAY_MS;

/** Sends a click on its way, which may be long, or double. */
export function send(world: World, sent: Sent): void {
  const { faults, chances, time } = world;
  const usual = 50 + chances.people.around(400);
  const late = faults.strikes('lateClick') ? chances.people.whole(MINUTE_MS, TWO_DAYS_MS) : 0;
  const madeAt = time.now();
  time.after(usual + late, () => arrive(world, sent, madeAt));
  if (!faults.strikes('duplicateClick')) return;
  const { afterwards: _afterwards, ...copy } = sent;
  time.after(usual + chances.people.around(2_000), () => arrive(world, copy, madeAt));
}

function arrive(world: World, sent: Sent, madeAt: number): void {
  const instance = someInstance(world);
  if (instance === undefined) {
    // Teams tries again while nobody answers.
    world.time.after(MINUTE_MS, () => arrive(world, sent, madeAt));
    return;
  }
  void turn(world, instance, sent, madeAt);
}

export function someInstance({ running, chances }: World): Instance | undefined {
  return running.length === 0 ? undefined : chances.people.pick(running);
}

async function turn(world: World, instance: Instance, sent: Sent, at: number): Promise<void> {
  const { by, verb, data, copy } = sent;
  const handle = VERBS[verb];
  if (handle === undefined)
    throw new Error(`The simulation does not know the button ${verb}: see clicks.ts.`);
  const clicks = clicksIn(sent, at, instance);
  for (const click of clicks) {
    world.story.tell(world.time.now(), instance.name, () => inWords(click));
    world.watch.clicked(click);
  }
  try {
    const sources = {
      desk: instance.desk,
      admin: openAdminDesk(instance.doors),
      readModel: openReadModel(instance.doors),
    };
    const reply = await handle(sources, { userId: by, asker: askerAt(instance, by) }, data, viewOf(instance));
    for (const [click, shown] of shownIn(reply, clicks)) world.watch.replied(click, shown);
    world.story.tell(world.time.now(), instance.name, () => `answers ${nameOf(by)}: ${replyInWords(reply)}`);
    const card = cardIn(reply);
    if (copy !== undefined && card !== undefined) {
      world.teams.show(copy, card);
      keepClicked(world, instance, by, reply, copy.message);
    }
    for (const further of furtherIn(reply)) open(world, instance, by, further);
    sent.afterwards?.(reply);
  } catch (error) {
    for (const click of clicks) world.watch.replied(click, 'failed');
    if (!isForeseen(error)) world.watch.report('no click ends in an error', errorText(error));
    sent.afterwards?.('again');
  }
}

/** The button of a digest is a click about each of its cases. */
function clicksIn({ by, verb, data }: Sent, at: number, instance: Instance): readonly Click[] {
  return casesWith(data).map(({ caseId, version }) => {
    const answer = data['answer'] ?? data[DIGEST_INPUTS.answer(caseId)];
    return {
      by,
      verb,
      caseId,
      version,
      answer: typeof answer === 'string' ? answer : undefined,
      at,
      instance,
    };
  });
}

/** What each click was answered with: a digest shows every case that was clicked, and perhaps others. */
function shownIn(reply: ClickReply, clicks: readonly Click[]): readonly (readonly [Click, unknown])[] {
  const [first] = clicks;
  if (first === undefined) return [];
  if (reply.kind === 'further') return [[first, reply.further]];
  if (reply.kind !== 'digest') return clicks.map((click) => [click, reply]);
  return reply.further.map((further) => [first, further]);
}

function furtherIn(reply: ClickReply): readonly FurtherCard[] {
  if (reply.kind === 'further') return [reply.further];
  return reply.kind === 'digest' ? reply.further : [];
}

/** What the bot tells the person to do again. */
function isForeseen(error: unknown): boolean {
  return (
    error instanceof GraphFailure || error instanceof StoreUnavailable || error instanceof ChangedMeanwhile
  );
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** With Graph unreachable a person keeps what needs no role. */
async function askerAt({ doors }: Instance, userId: UserId): Promise<Asker> {
  try {
    return { userId, roles: await doors.rolesOf(userId) };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return { userId, roles: [], rolesUnknown: true };
  }
}

function viewOf({ doors, policy }: Instance): CaseView {
  return { policy, now: instant(doors.clock.now()), timeZone: doors.timeZone, locale: 'en' };
}

/** The card of a case as the bot answers somebody with it who asks for it; undefined: not to them. */
export async function look(
  world: World,
  instance: Instance,
  by: UserId,
  caseId: CaseId,
): Promise<Copy | undefined> {
  try {
    const asker = await askerAt(instance, by);
    const found = await instance.desk.show({ caseId, by });
    if (typeof found === 'string') return undefined;
    const card = caseCard(found, viewFor(found, asker, viewOf(instance)));
    return open(world, instance, by, { case: found, card });
  } catch (error) {
    if (!isForeseen(error)) world.watch.report('no click ends in an error', errorText(error));
    return undefined;
  }
}

/** A card of one case arrives in the chat of whoever asked for it, and is remembered behind that. */
function open(
  world: World,
  instance: Instance,
  by: UserId,
  { case: { caseId, version: shows }, card }: Pick<FurtherCard, 'case' | 'card'>,
): Copy | undefined {
  const message = world.teams.say(by, card);
  void keep(world, instance, { caseId, by, message, shows });
  return world.teams.copies.get(message.activityId);
}

/** A card of one case that stands now in a message of which the case may not know any more, such as an earlier one. */
function keepClicked(
  world: World,
  instance: Instance,
  by: UserId,
  reply: ClickReply,
  message: MessageRef,
): void {
  const of = reply.kind === 'notice' ? reply.of : 'case' in reply ? reply.case : undefined;
  if (of === undefined) return;
  const { caseId, version: shows } = of;
  void keep(world, instance, { caseId, by, message, shows });
}

type Kept = Parameters<Instance['desk']['keepCard']>[0];

/** Some tries, as the bot makes them. */
async function keep(world: World, instance: Instance, kept: Kept, tries = 4): Promise<void> {
  try {
    await instance.desk.keepCard(kept);
  } catch (error) {
    if (!isForeseen(error)) world.watch.report('no click ends in an error', errorText(error));
    else if (tries > 1) world.time.after(1_000, () => void keep(world, instance, kept, tries - 1));
  }
}

export function cardIn(reply: ClickReply): CardJson | undefined {
  if (reply.kind === 'answer')
    return reply.place === 'here' && reply.answer.kind === 'card' ? reply.answer.card : undefined;
  return reply.kind === 'text' || reply.kind === 'further' ? undefined : reply.card;
}

/** What is sent when somebody fills in everything that a button asks for. */
export function filled(world: World, { data, inputs }: CardButton): Sent['data'] {
  const { people } = world.chances;
  const values = new Map(inputs.map((input) => [input.id, valueFor(world, input)]));
  if (values.has(INPUTS.parkUntil)) values.set(INPUTS.parkUntil, returnDay(world, data['caseId']));
  // Who has chosen somebody seldom writes a name beside it as well, which is taken for neither.
  for (const [id, value] of values)
    if (value !== '' && values.has(`${id}Typed`) && people.happens(0.95)) values.set(`${id}Typed`, '');
  return { ...data, ...Object.fromEntries(values) };
}

function dayIn({ time }: World, days: number): string {
  return new Date(time.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * A return that comes before anything is done is refused, and one after the life proves nothing. Often it is just after the
 * step, which may be late.
 */
function returnDay(world: World, caseId: unknown): string {
  const { chances, store, time, policy } = world;
  const { people } = chances;
  const c = store.peek<Case>('cases', String(caseId), String(caseId))?.doc;
  if (c === undefined || people.happens(0.5)) return dayIn(world, people.whole(10, 40));
  const step = Math.max(Date.parse(c.openedAt) + policy.timetable.removeLicenses, time.now());
  return dayIn(world, Math.ceil((step - time.now()) / DAY_MS) + people.whole(1, 3));
}

function valueFor(world: World, { id, type, choices }: CardButton['inputs'][number]): string {
  const { people } = world.chances;
  switch (type) {
    case 'Input.Text':
      return /receiver|other/i.test(id) ? receiver(world) : people.happens(0.95) ? 'There is a reason.' : '';
    case 'Input.Date':
      return dayIn(world, people.whole(-1, 80));
    case 'Input.ChoiceSet':
      // On a digest nobody has to answer about everybody.
      if (id.startsWith(DIGEST_INPUTS.answer('')) && people.happens(0.2)) return '';
      return choices.length === 0 ? '' : people.pick(choices);
    case 'Input.Toggle':
      return String(people.happens(0.5));
    default:
      throw new Error(`The simulation does not know the input ${type}: see clicks.ts.`);
  }
}

/** An address, or a beginning of names that fits several. */
function receiver(world: World): string {
  const { people } = world.chances;
  const { person } = people.pick(world.cast.everybody).account;
  return people.happens(0.9) ? person.userPrincipalName : person.displayName.slice(0, -1);
}

function inWords({ by, verb, answer, caseId, version }: Click): string {
  return `hears from ${nameOf(by)}: ${answer ?? verb} (${caseId}, version ${version})`;
}

function replyInWords(reply: ClickReply): string {
  switch (reply.kind) {
    case 'case':
      return reply.changed ? `done, the case is ${reply.case.state}` : `the case is ${reply.case.state}`;
    case 'problem':
      return 'the card comes back with what is wrong';
    case 'digest':
      return ['the digest comes back', ...reply.notTaken].join('; ');
    case 'further':
      return 'the card about one person follows';
    case 'notice':
      return 'the card about themself comes back';
    case 'answer':
      return 'a question is answered';
    case 'text':
      return reply.text;
    default:
      return reply satisfies never;
  }
}
