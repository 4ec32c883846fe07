import type { Case, CaseIn } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import type { Command } from '../../src/cases/command.js';
import type { Doc } from '../../src/store/store.js';
import { SKUS } from '../world/skus.js';
import {
  comesBack,
  isWithoutMailbox,
  licenseByHand,
  licenseIsTaken,
  mailboxByHand,
  managerLeaves,
  membershipByHand,
  personActive,
  personExecutive,
  receiverIsDisabled,
  receiverIsGiven,
  setEnabled,
  tell,
} from './by-hand.js';
import { teamOf } from './cast.js';
import { send } from './clicks.js';
import type { Fault } from './faults.js';
import { planForFiles } from './files.js';
import { order } from './personas.js';
import { choose } from './policies.js';
import { isGift } from './rules/books.js';
import { lackingSignIns, strikesPartial } from './partial-sources.js';
import { planForReturn } from './returns.js';
import { planStall } from './stalls.js';
import { planForSeats } from './seats.js';
import { isUndisturbed } from './undisturbed.js';
import { blank, jump } from './weeks.js';
import type { World } from './world.js';

type Trouble = (world: World, c: Case) => void;

/** What can come between about one case, at any time or at an await of whoever works on it. One entry each. */
const ABOUT_A_CASE: Readonly<Partial<Record<Fault, Trouble>>> = {
  managerLeaves,
  personActive,
  personExecutive,
  licenseByHand,
  membershipByHand,
  mailboxByHand,
  undoAnyTime,
};

const HOUR_MS = 3_600_000;
/** So short that the next audit has mostly not seen it. */
const LONGEST_BEFORE_MS = 3 * DAY_MS;

/** To be called for every case that begins. */
export function planTroubles(world: World, c: Case): void {
  const { faults, chances, time } = world;
  planStall(world, c);
  if (isUndisturbed(world, c.userId)) return;
  for (const [fault, trouble] of Object.entries(ABOUT_A_CASE)) {
    if (!faults.strikes(fault as Fault, fault === 'licenseByHand' && isWithoutMailbox(c) ? 0.4 : 0)) continue;
    const happen = (): void => {
      // What was planned for later does not come any more when everything has become quiet.
      if (!world.isCalm) trouble(world, caseNow(world, c));
    };
    if (chances.world.happens(0.5)) time.after(chances.world.whole(0, world.calendar.calmAfter), happen);
    else addMoment(world, c.caseId, happen);
  }
}

/** Of those who are asked in place of a manager so many are gone before long. */
const OTHERS_LEAVE = 0.15;

/** To be called for everybody who is asked. */
export function planForOther(world: World, { askedOf, manager }: CaseIn<'asked'>): void {
  const { passedOn } = world.chances;
  if (askedOf === manager?.id || !passedOn.happens(OTHERS_LEAVE)) return;
  world.time.after(passedOn.around(DAY_MS), () => {
    if (world.isCalm) return;
    tell(world, askedOf, 'is asked in place of a manager, and the account is disabled');
    setEnabled(world, askedOf, false);
  });
}

/** What happens to somebody while a step was begun and no process is there. */
export function troubleWhileDown(world: World, userId: Case['userId']): void {
  const about = world.store
    .peekKind<Case>('cases', 'case')
    .find((c) => 'steps' in c && c.steps.some(({ step }) => step.userId === userId));
  if (about === undefined) return;
  const trouble = world.chances.world.pick([
    personActive,
    personExecutive,
    licenseByHand,
    membershipByHand,
    mailboxByHand,
  ]);
  world.time.after(60_000, () => trouble(world, caseNow(world, about)));
}

/** Somebody wants back what was begun, at the moment at which it is begun once more. */
export function troubleAtResend(world: World, row: Doc, soon: (what: () => void) => void): void {
  const c = row as Case;
  if (!('steps' in c) || !c.steps.some(({ progress }) => progress.is === 'intended')) return;
  if (world.faults.strikes('undoAnyTime', 0.25)) soon(() => undoAnyTime(world, caseNow(world, c)));
}

/** Of what is read before each step: what may come between in the days before it. */
const BEFORE_A_STEP: Readonly<Partial<Record<Fault, Trouble>>> = {
  personActive,
  personExecutive,
  licenseByHand,
};

/** To be called when steps are planned: here it matters what comes between, and whether anybody looks. */
export function planBeforeSteps(world: World, c: Case): void {
  if (!('steps' in c) || c.steps.length === 0 || c.decision.kind === 'give') return;
  if (isUndisturbed(world, c.userId)) return;
  const { faults, chances, time } = world;
  const before = (what: () => void, chance = chances.world): void => {
    const then = Date.parse(chance.pick(c.steps).notBefore);
    time.at(then - chance.whole(0, LONGEST_BEFORE_MS), () => {
      if (!world.isCalm) what();
    });
  };
  for (const [fault, trouble] of Object.entries(BEFORE_A_STEP))
    if (faults.strikes(fault as Fault, 0.08)) before(() => trouble(world, caseNow(world, c)));
  planForFiles(world, before);
  planForReturn(world, c);
  // Whoever never signed in looks no other while sign-in dates are blank.
  if (c.scenario === 'neverSignedIn' && faults.strikes('blankReport', 0.5))
    before(() => backWhileBlank(world, caseNow(world, c)));
  if (c.scenario === 'inactive' && strikesPartial(world, 0.2))
    before(() => backWhileLacking(world, caseNow(world, c)), chances.sources);
  if (c.decision.kind !== 'reassign' || !faults.strikes('receiverChanges', 0.2)) return;
  const { receiver } = c.decision;
  before(() => receiverTrouble(world)(world, c, receiver.id));
}

function backWhileBlank(world: World, c: Case): void {
  comesBack(world, c, 'signIn');
  if (world.tenant.blank === undefined) blank(world, 'signIns');
}

/** What was known of the sign-ins of who comes back is gone just then, so that nobody can tell. */
function backWhileLacking(world: World, c: Case): void {
  if (lackingSignIns(world, c.userId)) comesBack(world, c, 'signIn');
}

/** To be called when a person gets a license by a reassignment. */
export function planForReceiver(world: World, c: Case): void {
  if (!('decision' in c) || c.decision.kind !== 'reassign' || !world.faults.strikes('receiverChanges', 0.1))
    return;
  const { id } = c.decision.receiver;
  const trouble = receiverTrouble(world);
  addMoment(world, c.caseId, () => {
    if (!world.isCalm) trouble(world, c, id);
  });
}

function receiverTrouble({ chances }: World): typeof receiverIsGiven {
  return chances.world.pick([receiverIsGiven, receiverIsDisabled, licenseIsTaken]);
}

/** To be called when an account is about to be deleted: the policy may not want that any more. */
export function planForDeletion(world: World): void {
  const { faults, chances, time } = world;
  if (!faults.strikes('policyChange', 0.5)) return;
  time.after(chances.world.whole(0, 8 * DAY_MS), () => {
    if (world.isCalm || !world.choice.deletes) return;
    choose(world, { ...world.choice, deletes: false });
    for (const instance of [...world.running]) void instance.stop();
  });
}

/**
 * To be called when the undo window of a case begins: by the time its account goes, somebody may own a team alone or hold a
 * license again, or others may work with their mailbox.
 */
export function planForHold(world: World, c: CaseIn<'holding'>): void {
  planForSeats(world, c);
  if (c.deletes !== true) return;
  planForMailbox(world, c);
  const { time, tenant } = world;
  const { deletions } = world.chances;
  const sometimes = (what: () => void): void => {
    if (deletions.happens(0.3))
      time.after(deletions.whole(HOUR_MS, 12 * DAY_MS), () => world.isCalm || what());
  };
  sometimes(() => tenant.change(c.userId, { owned: [teamOf(Number(c.userId.slice(-3)))] }));
  sometimes(() => {
    if (tenant.someone(c.userId).account.exists) holdsAgain(world, c);
  });
}

function holdsAgain(world: World, { userId }: Case): void {
  tell(world, userId, 'gets a license by hand, although the account is to be deleted');
  const add = [{ skuId: SKUS.POWER_BI.skuId, disabledPlans: [] }];
  world.tenant.changeLicenses(userId, { add, remove: [] }, 'hand');
}

function planForMailbox(world: World, { userId }: CaseIn<'holding'>): void {
  const { time, tenant, mailboxes } = world;
  const { sharing } = world.chances;
  if (!sharing.happens(0.4)) return;
  time.after(sharing.whole(HOUR_MS, 3 * DAY_MS), () => {
    if (world.isCalm || tenant.someone(userId).account.mailbox !== 'user') return;
    tell(world, userId, 'the mailbox becomes a shared one by hand');
    mailboxes.convert(userId, 'shared', 'hand');
  });
}

/** To be called for each new order: another process whose clock is far ahead may find at once that names are to be concealed. */
export function troubleAtConcealing(world: World, { what }: Command): void {
  if (what.order !== 'concealNames' || !world.faults.strikes('clockJump', 0.3)) return;
  for (const instance of world.running) {
    if (instance === world.actor) continue;
    jump(world, instance, HOUR_MS);
    instance.pollers.lookSoon('command');
  }
}

function addMoment(world: World, caseId: string, what: () => void): void {
  world.moments.set(caseId, [...(world.moments.get(caseId) ?? []), what]);
}

function caseNow(world: World, c: Case): Case {
  const now = world.store.peek<Case>('cases', c.caseId, c.caseId)?.doc;
  return now === undefined || now.erasedAt !== undefined ? c : now;
}

/** The manager, an admin or somebody at a terminal wants it back, right now. */
export function undoAnyTime(world: World, c: Case): void {
  const { chances, cast } = world;
  if (chances.people.happens(0.3)) return order(world, { order: 'undo', userId: c.userId });
  // Whoever gives at a terminal has no chat.
  const asked = 'askedOf' in c && !isGift(c) ? c.askedOf : undefined;
  const by = asked !== undefined && chances.people.happens(0.7) ? asked : chances.people.pick(cast.admins);
  send(world, { by, verb: 'undo', data: { caseId: c.caseId }, copy: undefined });
}
