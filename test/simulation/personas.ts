import type { UserId } from '../../src/audit/person.js';
import type { ClickReply } from '../../src/bot/clicks.js';
import { TERMINAL, type Case, type CaseId } from '../../src/cases/case.js';
import { newCommand, type CommandOrder } from '../../src/cases/command.js';
import { instant } from '../../src/cases/case.js';
import { buttonsOf, type CardButton } from './card-buttons.js';
import type { Chance } from './random.js';
import { filled, look, send, someInstance, cardIn } from './clicks.js';
import type { Copy } from './teams.js';
import { isUndisturbed } from './undisturbed.js';
import type { World } from './world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How often people press what, where they can choose. */
const WEIGHTS: Readonly<Record<string, number>> = {
  keep: 2,
  reassign: 4,
  reclaim: 6,
  park: 40,
  answerAll: 12,
};

/** Nobody needs what belongs to those who have left. */
const WEIGHTS_LEAVING: typeof WEIGHTS = { ...WEIGHTS, reclaim: 60, answerAll: 60 };

/** What people press who have been asked. */
const ANSWERS = ['answer', 'answerAll', 'details'];

/** People whom the bot writes to look at their chat after a while, or never. */
export function beginChats(world: World): void {
  const { teams, faults, chances, time } = world;
  const [, ...admins] = world.cast.admins;
  for (const each of [...world.cast.managers, ...admins])
    if (faults.strikes('botBlocked')) teams.blocked.add(each);
  teams.onArrival = (copy) => {
    world.watch.arrived(copy);
    if (faults.strikes('strangersClick'))
      time.after(chances.people.around(6 * HOUR_MS), () => strangerClicks(world, copy));
    const { people } = chances;
    if (people.happens(0.12)) return;
    // Somebody may be faster than the record of the delivery.
    const wait = people.happens(0.08) ? people.whole(0, 300) : people.around(30 * HOUR_MS);
    // Not everybody who hears of it needs the license.
    const verbs = people.happens(0.4) ? [...ANSWERS, 'object'] : ANSWERS;
    time.after(wait, () => clickOn(world, copy, verbs));
  };
}

/** Presses a button of the card as it stands in the chat, or stood. */
function clickOn(world: World, copy: Copy, verbs: readonly string[]): void {
  const { chances, faults } = world;
  const isOld = copy.earlier.length > 0 && faults.strikes('staleCard');
  const card = isOld ? chances.people.pick(copy.earlier) : copy.card;
  const button = pickButton(
    world,
    buttonsOf(card).filter((each) => verbs.includes(each.verb)),
  );
  if (button === undefined) return;
  press(world, copy.to, button, copy);
}

export function press(world: World, by: UserId, button: CardButton, copy: Copy | undefined): void {
  const { people } = world.chances;
  const data = filled(world, button);
  const again = (): void => {
    if (people.happens(0.7))
      world.time.after(MINUTE_MS + people.around(5 * MINUTE_MS), () =>
        send(world, { by, verb: button.verb, data, copy }),
      );
  };
  send(world, {
    by,
    verb: button.verb,
    data,
    copy,
    afterwards: (reply) => react(world, by, copy, reply, again),
  });
}

function react(
  world: World,
  by: UserId,
  copy: Copy | undefined,
  reply: ClickReply | 'again',
  again: () => void,
): void {
  const { people } = world.chances;
  if (reply === 'again') return again();
  const card = cardIn(reply);
  if (reply.kind === 'problem' && card !== undefined && people.happens(0.9)) {
    const button = buttonsOf(card)[0];
    if (button !== undefined)
      world.time.after(people.around(MINUTE_MS), () => press(world, by, button, copy));
    return;
  }
  // Who has left somebody out, or was told that something is missing, sends the rest later.
  if (reply.kind === 'digest' && copy !== undefined && people.happens(0.7))
    world.time.after(people.around(20 * HOUR_MS), () => clickOn(world, copy, ['answerAll']));
  // Some think better of it.
  if (reply.kind !== 'case' || !reply.changed || copy === undefined || !people.happens(0.2)) return;
  if (isUndisturbed(world, reply.case.userId)) return;
  world.time.after(people.around(12 * DAY_MS), () => clickOn(world, copy, ['undo']));
}

/** Somebody else, perhaps the one whom it is about, sends what the card would send. */
function strangerClicks(world: World, copy: Copy): void {
  const { people } = world.chances;
  const button = pickButton(world, buttonsOf(copy.card));
  if (button === undefined) return;
  const c = caseOf(world, String(button.data['caseId']));
  const subject = c !== undefined && people.happens(0.4) ? c.userId : undefined;
  press(world, subject ?? people.pick(world.cast.everybody).id, button, undefined);
}

function pickButton(world: World, buttons: readonly CardButton[]): CardButton | undefined {
  const weights = world.choice.crowd === 'leaving' ? WEIGHTS_LEAVING : WEIGHTS;
  const weighted = buttons.flatMap((button) =>
    Array.from({ length: weights[kindOf(button)] ?? 1 }, () => button),
  );
  return weighted.length === 0 ? undefined : world.chances.people.pick(weighted);
}

function kindOf({ verb, data }: CardButton): string {
  return typeof data['answer'] === 'string' ? data['answer'] : verb;
}

/** Admins and HR look every day or so at what waits for them, and now and then at something else. */
export function beginDesks(world: World): void {
  const { cast, chances, time } = world;
  for (const by of [...cast.admins, ...cast.hr]) {
    const round = (): void => {
      time.after(chances.people.around(22 * HOUR_MS) + HOUR_MS, round);
      for (const c of world.store.peekKind<Case>('cases', 'case')) {
        if ((TERMINAL as readonly string[]).includes(c.state)) continue;
        if (isUndisturbed(world, c.userId) && 'steps' in c) continue;
        if (c.state === 'decided' && cast.admins.includes(by)) reviews(world, by, c);
        const share = c.dueAt === undefined ? 0.08 : 0.003;
        if (chances.people.happens(share)) void lookAndPress(world, by, c.caseId);
      }
    };
    time.after(chances.people.around(16 * HOUR_MS), round);
  }
}

/** An admin releases a decision before its time, or decides against it. */
function reviews(world: World, by: UserId, { caseId, version }: Case): void {
  const { people } = world.chances;
  if (!people.happens(0.04)) return;
  const verdict = people.happens(0.7)
    ? ({ is: 'release' } as const)
    : ({ is: 'veto', reason: 'It is needed.' } as const);
  order(world, { order: 'review', verdict, cases: [{ caseId, version }] }, by);
}

async function lookAndPress(world: World, by: UserId, caseId: CaseId): Promise<void> {
  const instance = someInstance(world);
  if (instance === undefined) return;
  const copy = await look(world, instance, by, caseId);
  const button = copy && pickButton(world, buttonsOf(copy.card));
  if (button === undefined) return;
  world.time.after(world.chances.people.around(10 * MINUTE_MS), () => press(world, by, button, copy));
}

/**
 * Somebody at a terminal, or the product's own schedule, writes a row that any process carries out.
 * @param chance gives the row its id
 */
export function order(
  world: World,
  what: CommandOrder,
  askedBy = 'terminal',
  chance: Chance = world.chances.people,
): void {
  const now = instant(new Date(world.time.now()));
  const id = `order-${chance.hex(12)}`;
  world.story.tell(world.time.now(), askedBy, () => `orders: ${JSON.stringify(what)}`);
  void world.store.create('commands', newCommand(id, what, askedBy, now, now));
}

export function caseOf(world: World, caseId: string): Case | undefined {
  return world.store.peek<Case>('cases', caseId, caseId)?.doc;
}
