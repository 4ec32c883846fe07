import type { Case, CaseIn } from '../../src/cases/case.js';
import type { Step } from '../../src/cases/step.js';
import { DAY_MS } from '../../src/config/durations.js';
import { nameOf } from './cast.js';
import { order } from './personas.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;

/** Who does what the product asks a person to do. Some never do. */
const DOES_IT = 0.75;

/** Exchange of a hybrid tenant may take back what it was asked for. */
export function beginTasks(world: World): void {
  const { faults, chances, time, mailboxes, tenant } = world;
  mailboxes.onShared = (id) => {
    if (!faults.strikes('mailboxFlipsBack', 0.2)) return;
    // Mostly before the license goes, or while that can be undone.
    time.after(chances.tenant.whole(HOUR_MS, chances.tenant.pick([8, 30]) * DAY_MS), () => {
      if (world.isCalm || tenant.someone(id).account.mailbox !== 'shared') return;
      tell(world, id, 'the mailbox flips back to a user mailbox');
      mailboxes.convert(id, 'user', 'hand');
    });
  };
}

/** Of what nobody does, an admin lets be so much. */
const LETS_BE = 0.4;

/** To be called for every write of a case: counts the tasks for people and what becomes of them, and has people do them. */
export function noteTask(world: World, was: Case | undefined, c: Case, count: (what: string) => void): void {
  const before = was?.state === 'needsPerson' ? was.watch : undefined;
  const watch = c.state === 'needsPerson' ? c.watch : undefined;
  if (before !== undefined && watch === undefined) count(TASK_ENDS[c.state] ?? 'tasks ended otherwise');
  const isKnown = was?.state === 'needsPerson' && (watch === undefined || before !== undefined);
  if (c.state !== 'needsPerson' || isKnown) return;
  if (watch !== undefined) count('tasks for people');
  planTask(world, c);
}

const TASK_ENDS: Readonly<Record<string, string>> = {
  scheduled: 'tasks seen done',
  undoing: 'tasks seen done',
  holding: 'tasks seen done',
};

function planTask(world: World, c: CaseIn<'needsPerson'>): void {
  const { time, chances } = world;
  if (c.watch === undefined || !chances.people.happens(DOES_IT)) return planLettingBe(world, c);
  time.after(chances.people.around(2 * DAY_MS), () => {
    const now = world.store.peek<Case>('cases', c.caseId, c.caseId)?.doc;
    if (now?.state === 'needsPerson' && now.watch?.for === c.watch?.for) doIt(world, now);
  });
}

function planLettingBe(world: World, { caseId, userId }: CaseIn<'needsPerson'>): void {
  const { time, chances, store } = world;
  const { people } = chances;
  if (!people.happens(LETS_BE)) return;
  const thing = people.pick(['task', 'rest']);
  time.after(people.around(5 * DAY_MS), () => {
    if (store.peek<Case>('cases', caseId, caseId)?.doc.state === 'needsPerson')
      order(world, { order: 'waive', userId, caseId, thing, reason: 'Nobody does it.' });
  });
}

function doIt(world: World, c: CaseIn<'needsPerson'>): void {
  const step = c.watch && c.steps[c.watch.index]?.step;
  if (step === undefined) return;
  switch (c.watch?.for) {
    case 'effect':
      if (step.kind === 'convertMailbox') lookInside(world, c);
      return take(world, step);
    case 'stays':
      return shareAgain(world, c);
    case 'giveBack':
      return give(world, step);
    default:
      return clear(world, c, step);
  }
}

function take(world: World, step: Step): void {
  const { userId } = step;
  tell(world, userId, `somebody does by hand what was asked for: ${step.kind}`);
  switch (step.kind) {
    case 'disableSignIn':
      return inAd(world, userId, false);
    case 'convertMailbox':
      return void world.mailboxes.convert(userId, 'shared', 'hand');
    case 'leaveGroup':
      return void world.groups.leave(step.groupId, userId, 'hand');
    case 'deleteAccount':
      return world.accounts.inAd(userId, { exists: false });
    default:
  }
}

function give(world: World, step: Step): void {
  const { userId } = step;
  tell(world, userId, `somebody takes back by hand: ${step.kind}`);
  switch (step.kind) {
    case 'disableSignIn':
      return inAd(world, userId, true);
    case 'convertMailbox':
      return void world.mailboxes.convert(userId, 'user', 'hand');
    case 'leaveGroup':
      return void world.groups.join(step.groupId, userId, 'hand');
    default:
  }
}

/** The owner of Active Directory does it there; somebody who does it in Entra sees it taken back, and does it again. */
function inAd(world: World, userId: Step['userId'], enabled: boolean): void {
  const { accounts, tenant, faults, time, chances } = world;
  if (tenant.someone(userId).account.ad === undefined) return void accounts.enable(userId, enabled, 'hand');
  if (!faults.strikes('taskDoneWrong', 0.4)) return accounts.inAd(userId, { enabled });
  accounts.enable(userId, enabled, 'hand');
  time.after(chances.people.around(3 * DAY_MS), () => accounts.inAd(userId, { enabled }));
}

/** Whatever stands in the way of a step is put right. */
function clear(world: World, c: CaseIn<'needsPerson'>, step: Step): void {
  const { tenant, mailboxes } = world;
  const { account } = tenant.someone(step.userId);
  if (!account.exists) return;
  tell(world, step.userId, 'somebody puts right what was in the way');
  if (account.owned.length > 0) tenant.change(step.userId, { owned: [] });
  if (step.kind === 'convertMailbox' && !world.hasExchange) waiveMailbox(world, c);
  else if (step.kind === 'convertMailbox') makeRoom(world, step.userId);
  else if (step.kind === 'deleteAccount') emptyAccount(world, c);
  else if (c.task.includes('OneDrive')) waive(world, c, 'OneDrive');
  else if (account.mailbox === 'shared') settleMailbox(world, c);
  else if (step.kind === 'removeLicenses' && step.instead !== undefined) settleMailbox(world, c);
  else if (account.mailbox === 'user') mailboxes.convert(step.userId, 'shared', 'hand');
  for (const { step: other } of c.steps) {
    const { person } = tenant.someone(other.userId).account;
    const gives = other.kind === 'assignLicenses' || 'instead' in other;
    if (gives && person.usageLocation === undefined)
      tenant.change(other.userId, { person: { ...person, usageLocation: 'DE' } });
  }
}

function makeRoom({ tenant }: World, userId: Step['userId']): void {
  tenant.change(userId, { mailboxState: { litigationHold: false, hasArchive: false, bytes: 1 } });
}

/** Whoever converts it by hand may look into it on the way, and say so. */
function lookInside(world: World, c: CaseIn<'needsPerson'>): void {
  if (!world.hasExchange && world.chances.people.happens(0.7)) waiveMailbox(world, c);
}

function waiveMailbox(world: World, { userId, caseId }: CaseIn<'needsPerson'>): void {
  order(world, { order: 'waive', userId, caseId, thing: 'mailbox', reason: 'It fits.' });
}

/** Somebody has seen to it. */
function waive(world: World, { userId, caseId }: CaseIn<'needsPerson'>, thing: string): void {
  order(world, { order: 'waive', userId, caseId, thing, reason: 'Somebody has it.' });
}

/** What AD has taken back is changed there, or the license comes back. */
function shareAgain(world: World, { userId, caseId }: CaseIn<'needsPerson'>): void {
  if (world.chances.people.happens(0.3)) return order(world, { order: 'undo', userId, caseId });
  tell(world, userId, 'somebody makes the mailbox a shared one again');
  world.mailboxes.convert(userId, 'shared', 'hand');
}

/** Where the mailbox is to live on under a cheaper license, it is emptied, shared, or looked into and waived. */
function settleMailbox(world: World, c: CaseIn<'needsPerson'>): void {
  const { userId } = c;
  const { mailboxes, tenant, chances } = world;
  const how = chances.people.pick(['room', 'share', 'waive']);
  if (how === 'room') makeRoom(world, userId);
  else if (how === 'waive') waiveMailbox(world, c);
  else if (tenant.someone(userId).account.mailbox === 'user') mailboxes.convert(userId, 'shared', 'hand');
}

/** What is in an account that is to be deleted is seen to, taken out, or waived with all of it. */
function emptyAccount(world: World, c: CaseIn<'needsPerson'>): void {
  const { userId, task } = c;
  const { chances, mailboxes, tenant } = world;
  if (task.includes('OneDrive')) return waive(world, c, 'OneDrive');
  const { person, mailbox } = tenant.someone(userId).account;
  const how = chances.people.pick(['out', 'share', 'waive']);
  if (how === 'waive') return waive(world, c, 'account');
  if (how === 'share' && mailbox === 'user') return void mailboxes.convert(userId, 'shared', 'hand');
  const remove = person.licenses.map(({ skuId }) => skuId);
  tenant.changeLicenses(userId, { add: [], remove }, 'hand');
  tenant.change(userId, { mailbox: 'noMailbox' });
}

function tell(world: World, id: string, what: string): void {
  world.story.tell(world.time.now(), 'somebody', () => `${nameOf(id)}: ${what}`);
}
