import type { GroupId, UserId } from '../../src/audit/person.js';
import { instant, type Case, type CaseIn } from '../../src/cases/case.js';
import { setSwitch } from '../../src/cases/campaign/run-switch.js';
import { DAY_MS } from '../../src/config/durations.js';
import type { Command } from '../../src/cases/command.js';
import type { Doc } from '../../src/store/store.js';
import { EXECUTIVE_TITLE, GROUPS, nameOf, teamOf } from './cast.js';
import { send } from './clicks.js';
import type { Fault } from './faults.js';
import type { Instance } from './instance.js';
import { planForFiles } from './files.js';
import { choose } from './policies.js';
import { SKUS } from '../world/skus.js';
import { order } from './personas.js';
import { isGift } from './rules/books.js';
import { lackingSignIns, strikesPartial } from './partial-sources.js';
import { planStall } from './stalls.js';
import { planForSeats } from './seats.js';
import type { Account, Effect } from './tenant.js';
import { isUndisturbed } from './undisturbed.js';
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
  // Whoever never signed in looks no other while sign-in dates are blank.
  if (c.scenario === 'neverSignedIn' && faults.strikes('blankReport', 0.15))
    before(() => backWhileBlank(world, caseNow(world, c)));
  if (c.scenario === 'inactive' && strikesPartial(world))
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

function receiverIsGiven(world: World, { licenses }: Case, id: Case['userId']): void {
  if (!world.tenant.someone(id).account.exists) return;
  tell(world, id, 'a receiver, who gets the license by hand');
  const add = licenses.slice(0, 1).map(({ skuId }) => ({ skuId, disabledPlans: [] }));
  world.tenant.changeLicenses(id, { add, remove: [] }, 'hand');
}

function receiverIsDisabled(world: World, _c: Case, id: Case['userId']): void {
  const { person } = world.tenant.someone(id).account;
  tell(world, id, 'a receiver, whose account is disabled by hand');
  change(world, id, { person: { ...person, accountEnabled: false } });
}

/** The seat that the receiver was to get is free otherwise, and not theirs. */
function licenseIsTaken(world: World, { userId, licenses }: Case): void {
  if (!world.tenant.someone(userId).account.exists) return;
  tell(world, userId, 'loses by hand the license that was to be reassigned');
  const remove = licenses.slice(0, 1).map(({ skuId }) => skuId);
  world.tenant.changeLicenses(userId, { add: [], remove }, 'hand');
}

/** To be called when a process has taken licenses for somebody else: who may not get them any more, by then or at all. */
export function troubleAtTaking(world: World, { userId, took }: Effect): void {
  const about = world.store
    .peekKind<Case>('cases', 'case')
    .find((c) => c.userId === userId && c.state === 'acting' && c.decision.kind === 'reassign');
  if (about === undefined || !world.faults.strikes('receiverChanges', 0.2)) return;
  const { chances, time, tenant } = world;
  if (chances.world.happens(0.5)) return noneForReceiver(world, about);
  // The receiver may have to wait for the next day, or until the campaign goes on.
  const longest = chances.world.pick([2 * 60_000, HOUR_MS]);
  if (chances.world.happens(0.5)) pullSwitch(world);
  time.after(chances.world.whole(0, longest), () => {
    if (world.isCalm || !tenant.someone(userId).account.exists) return;
    tell(world, userId, 'gets back by hand what was to be reassigned');
    tenant.changeLicenses(userId, { add: [...took], remove: [] }, 'hand');
  });
}

function noneForReceiver(world: World, c: Case): void {
  const { chances, time, tenant } = world;
  if (!('decision' in c) || c.decision.kind !== 'reassign') return;
  const { id } = c.decision.receiver;
  const isRefused = chances.world.happens(0.5) && tenant.refusing === undefined;
  if (!isRefused) {
    if (tenant.someone(id).account.exists) receiverIsDisabled(world, c, id);
    return;
  }
  tell(world, 'tenant', 'refuses every license change for a while');
  tenant.refusing = { kind: 'conflict', message: 'plans exclude each other' };
  time.after(HOUR_MS, () => (tenant.refusing = undefined));
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

/** To be called when the undo window of a case begins: by the time its account goes, somebody may own a team alone. */
export function planForHold(world: World, c: CaseIn<'holding'>): void {
  planForSeats(world, c);
  const { time, tenant } = world;
  const { deletions } = world.chances;
  if (c.deletes !== true || !deletions.happens(0.3)) return;
  time.after(deletions.whole(HOUR_MS, 12 * DAY_MS), () => {
    if (!world.isCalm) tenant.change(c.userId, { owned: [teamOf(Number(c.userId.slice(-3)))] });
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

function tell(world: World, id: string, what: string): void {
  world.story.tell(world.time.now(), 'tenant', () => `${nameOf(id)}: ${what}`);
}

function change(world: World, id: Case['userId'], to: Partial<Account>): void {
  if (world.tenant.someone(id).account.exists) world.tenant.change(id, to);
}

/** true: a part of the license is switched off, and the mailbox was among them. */
function isWithoutMailbox({ licenses }: Pick<Case, 'licenses'>): boolean {
  return licenses.some(({ disabledPlans, hasMailboxPlan }) => disabledPlans.length > 0 && !hasMailboxPlan);
}

function managerLeaves(world: World, c: Case): void {
  const { chances, tenant, cast } = world;
  const named = c.state === 'asked' && c.askedOf !== c.manager?.id ? c.askedOf : undefined;
  const manager = named ?? tenant.someone(c.userId).account.manager;
  if (manager !== undefined && chances.world.happens(0.6)) {
    tell(world, manager, 'a manager, whose account is disabled');
    setEnabled(world, manager, false);
  }
  const next = chances.world.happens(0.3) ? undefined : chances.world.pick(cast.managers);
  tell(world, c.userId, `gets another manager: ${next === undefined ? 'none' : nameOf(next)}`);
  change(world, c.userId, { manager: next });
}

function personActive(world: World, c: Case): void {
  comesBack(world, c, world.chances.world.pick([undefined, undefined, 'signIn', 'workload'] as const));
}

/** @param only where alone it shows */
function comesBack(world: World, c: Case, only: 'signIn' | 'workload' | undefined): void {
  const { tenant, time } = world;
  const someone = tenant.someone(c.userId);
  tell(world, c.userId, `is back${only === undefined ? '' : ` (${only} only)`}`);
  someone.use = { activeSince: time.now(), last: someone.use.last, only };
  setEnabled(world, c.userId, true);
}

/** Where an account comes from Active Directory it is changed there. */
function setEnabled({ accounts, tenant }: World, id: Case['userId'], enabled: boolean): void {
  const { ad, person } = tenant.someone(id).account;
  if (person.accountEnabled === enabled) return;
  if (ad === undefined) accounts.enable(id, enabled, 'hand');
  else accounts.inAd(id, { enabled });
}

function personExecutive(world: World, c: Case): void {
  const { person, groups } = world.tenant.someone(c.userId).account;
  const what = world.chances.world.pick(['title', 'board', 'exempt', 'role'] as const);
  tell(world, c.userId, `is protected from now on: ${what}`);
  switch (what) {
    case 'title':
      return change(world, c.userId, { person: { ...person, jobTitle: EXECUTIVE_TITLE } });
    case 'board':
      return change(world, c.userId, { groups: new Set([...groups, GROUPS.board]) });
    case 'exempt':
      return change(world, c.userId, { groups: new Set([...groups, GROUPS.exempt]) });
    case 'role':
      return change(world, c.userId, { isAdmin: true });
    default:
      return what satisfies never;
  }
}

function licenseByHand(world: World, c: Case): void {
  const { tenant, chances } = world;
  const chance = chances.world;
  const skuId = c.licenses[0]?.skuId ?? SKUS.OFFICE_E3.skuId;
  const whats = ['taken', 'given', 'plans', 'another'] as const;
  const what = isWithoutMailbox(c) && chance.happens(0.8) ? 'given' : chance.pick(whats);
  tell(world, c.userId, `licenses are changed by hand: ${what}`);
  const none = { add: [], remove: [] };
  switch (what) {
    case 'taken':
      return void tenant.changeLicenses(c.userId, { ...none, remove: [skuId] }, 'hand');
    case 'given':
      return void tenant.changeLicenses(c.userId, { ...none, add: [{ skuId, disabledPlans: [] }] }, 'hand');
    case 'plans': {
      const disabledPlans = SKUS.OFFICE_E3.plans.map(({ id }) => id).slice(0, chance.whole(0, 2));
      return void tenant.changeLicenses(c.userId, { ...none, add: [{ skuId, disabledPlans }] }, 'hand');
    }
    case 'another':
      return void tenant.changeLicenses(
        c.userId,
        { ...none, add: [{ skuId: SKUS.POWER_BI.skuId, disabledPlans: [] }] },
        'hand',
      );
    default:
      return what satisfies never;
  }
}

function membershipByHand(world: World, c: Case): void {
  const { tenant, groups, chances } = world;
  const chance = chances.world;
  const held = [...tenant.someone(c.userId).account.groups].filter((id) => tenant.groups.has(id));
  const what = chance.pick(['in', 'out', 'more'] as const);
  tell(world, c.userId, `groups that give licenses are changed by hand: ${what}`);
  switch (what) {
    case 'in':
      return void groups.join(chance.pick([...tenant.groups.keys()]), c.userId, 'hand');
    case 'out':
      return held.forEach((id) => void groups.leave(id, c.userId, 'hand'));
    case 'more':
      return groups.gives(held[0] ?? GROUPS.licensed, SKUS.POWER_BI.skuId);
    default:
      return what satisfies never;
  }
}

function mailboxByHand(world: World, c: Case): void {
  const { tenant, chances } = world;
  const { mailbox, person } = tenant.someone(c.userId).account;
  const what = chances.world.pick(['mailbox', 'mailbox', 'enabled', 'location', 'deleted'] as const);
  tell(world, c.userId, `the account is changed by hand: ${what}`);
  switch (what) {
    case 'mailbox':
      return void world.mailboxes.convert(c.userId, mailbox === 'user' ? 'shared' : 'user', 'hand');
    case 'enabled':
      return setEnabled(world, c.userId, !person.accountEnabled);
    case 'location':
      return change(world, c.userId, { person: { ...person, usageLocation: undefined } });
    case 'deleted':
      return change(world, c.userId, { exists: false });
    default:
      return what satisfies never;
  }
}

/** The manager, an admin or somebody at a terminal wants it back, right now. */
function undoAnyTime(world: World, c: Case): void {
  const { chances, cast } = world;
  if (chances.people.happens(0.3)) return order(world, { order: 'undo', userId: c.userId });
  // Whoever gives at a terminal has no chat.
  const asked = 'askedOf' in c && !isGift(c) ? c.askedOf : undefined;
  const by = asked !== undefined && chances.people.happens(0.7) ? asked : chances.people.pick(cast.admins);
  send(world, { by, verb: 'undo', data: { caseId: c.caseId }, copy: undefined });
}

/** What happens to the whole campaign: week by week. */
export function beginWeeks(world: World): void {
  const { faults, chances, time, tenant } = world;
  const chance = chances.world;
  const sometime = (): number => chance.whole(0, 7 * DAY_MS);
  // The very first audit has none before it that it could be compared with.
  if (faults.strikes('blankReport', 0.1)) blank(world);
  const week = (): void => {
    if (world.isCalm) return;
    time.after(7 * DAY_MS, week);
    if (faults.strikes('killSwitch')) time.after(sometime(), () => pullSwitch(world));
    if (faults.strikes('tenantRefuses', 0.1))
      time.after(sometime(), () => {
        tenant.refusing = chance.pick([
          { kind: 'dependency', message: 'another plan needs it' } as const,
          { kind: 'conflict', message: 'plans exclude each other' } as const,
        ]);
        tell(world, 'tenant', 'refuses every license change from now on');
        time.after(DAY_MS + chance.around(2 * DAY_MS), () => (tenant.refusing = undefined));
      });
    if (faults.strikes('productEnds')) time.after(sometime(), () => productEnds(world));
    if (faults.strikes('blankReport')) time.after(sometime(), () => blank(world));
    if (faults.strikes('syncStands'))
      time.after(sometime(), () => world.accounts.stopSync(time.now() + DAY_MS));
    if (faults.strikes('reviewerLeaves')) time.after(sometime(), () => reviewerLeaves(world));
    if (chance.happens(0.1)) time.after(sometime(), () => order(world, { order: 'audit' }));
  };
  week();
}

function productEnds(world: World): void {
  const { tenant, chances, time } = world;
  if (tenant.ended !== undefined) return;
  const { skuId, partNumber } = chances.world.pick(tenant.skus);
  tenant.ended = skuId;
  tell(world, 'tenant', `the subscription of ${partNumber} has run out`);
  if (chances.world.happens(0.2)) return;
  time.after(DAY_MS + chances.world.around(6 * DAY_MS), () => {
    tenant.ended = undefined;
    tell(world, 'tenant', `has ${partNumber} again`);
  });
}

/** Somebody else comes for them some days later, so that two can agree again. */
function reviewerLeaves(world: World): void {
  const { chances, tenant, time, cast } = world;
  const [, ...inGroup] = cast.hr;
  const groupsOf = (id: UserId): ReadonlySet<GroupId> => tenant.someone(id).account.groups;
  const leaving = inGroup.find((id) => groupsOf(id).has(GROUPS.hr));
  if (leaving === undefined) return;
  tell(world, leaving, 'is no reviewer of HR any more');
  change(world, leaving, { groups: new Set([...groupsOf(leaving)].filter((id) => id !== GROUPS.hr)) });
  const [next = leaving] = inGroup.filter((id) => id !== leaving);
  time.after(chances.world.around(2 * DAY_MS), () => {
    tell(world, next, 'is a reviewer of HR from now on');
    change(world, next, { groups: new Set([...groupsOf(next), GROUPS.hr]) });
  });
}

function blank(
  world: World,
  what: NonNullable<World['tenant']['blank']> = world.chances.world.pick([
    'usage',
    'signIns',
    'both',
  ] as const),
): void {
  const { chances, time, tenant } = world;
  tenant.blank = what;
  tell(world, 'tenant', `reports are blank from now on: ${tenant.blank}`);
  time.after(chances.world.around(2 * DAY_MS), () => {
    tenant.blank = undefined;
    // What the next audits find is a jump against one that found too little: an admin looks at it and accepts it.
    for (const days of [2, 9])
      time.after(days * DAY_MS, () => order(world, { order: 'audit', acceptJump: true }));
  });
}

function pullSwitch(world: World): void {
  const { time, chances } = world;
  const set = (to: 'running' | 'paused' | 'stopped'): void => {
    world.story.tell(time.now(), 'admin', () => `sets the switch to ${to}`);
    void setSwitch(world.store, to, 'admin', instant(new Date(time.now())));
  };
  set(chances.world.happens(0.75) ? 'paused' : 'stopped');
  time.after(chances.world.around(2 * DAY_MS), () => set('running'));
}

function jump(world: World, instance: Instance, offset: number): void {
  instance.offset = offset;
  world.mostOffset = Math.max(world.mostOffset, Math.abs(offset));
  world.story.tell(world.time.now(), instance.name, () => `its clock is ${offset / 1000} s ahead now`);
}

/** Clocks of processes run a little wrong, and jump. */
export function beginClocks(world: World): void {
  const { time, chances, faults } = world;
  const chance = chances.world;
  const day = (): void => {
    if (world.isCalm) return;
    time.after(DAY_MS, day);
    for (const instance of world.running) {
      if (!faults.strikes('clockJump')) continue;
      time.after(chance.whole(0, DAY_MS), () => {
        const size = chance.happens(0.3) ? HOUR_MS : chance.whole(1_000, 10 * 60_000);
        jump(world, instance, chance.happens(0.4) ? 0 : chance.happens(0.5) ? size : -size);
      });
    }
  };
  day();
}
