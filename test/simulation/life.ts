import type { DoneRunDoc, RunDoc } from '../../src/audit/run-record.js';
import type { Case } from '../../src/cases/case.js';
import type { Command } from '../../src/cases/command.js';
import { setSwitch, readSwitch } from '../../src/cases/campaign/run-switch.js';
import { instant } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import type { Doc } from '../../src/store/store.js';
import { calendarOf } from './calendar.js';
import { moved, PARKED } from './case-words.js';
import { castOf } from './cast.js';
import { troubleAtEffect } from './after-effects.js';
import { beginApprovals } from './approvals.js';
import { beginFiles } from './files.js';
import { beginGifts } from './gifts.js';
import { faultsOf, type FaultCount, type Fault } from './faults.js';
import { isClaim, leaseOwner, startInstance } from './instance.js';
import { memoryStore, type DueKind, type Written } from './memory-store.js';
import { beginChats, beginDesks, order } from './personas.js';
import {
  BULK_OVER,
  DEPARTMENT_COUNTS,
  ONE_DRIVE,
  RETAIN_DAYS,
  changedBy,
  choiceBy,
  choose,
  policyFor,
} from './policies.js';
import { effectInWords, wordsFor } from './effect-words.js';
import { chancesOf } from './random.js';
import { beginPartialSources } from './partial-sources.js';
import { isDone, knownRun } from './rules/runs.js';
import { scheduler } from './scheduler.js';
import { beginRosters } from './rosters.js';
import { beginStalls } from './stalls.js';
import { storyOf } from './story.js';
import { beginTasks, noteTask } from './tasks.js';
import { teamsOf } from './teams.js';
import { tenantOf } from './tenant.js';
import { tenantAccounts } from './tenant-accounts.js';
import { tenantGroups } from './tenant-groups.js';
import { tenantMailboxes } from './tenant-mailboxes.js';
import {
  planBeforeSteps,
  planForDeletion,
  planForHold,
  planForOther,
  planForReceiver,
  troubleAtConcealing,
  planTroubles,
  troubleAtResend,
  troubleWhileDown,
} from './troubles.js';
import { beginClocks, beginWeeks } from './weeks.js';
import { watchOf, type Rule, type Violation } from './watch.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
const PROCESSES = 2;
/** Slower than the real ones, which are half a minute and an hour, so that there is room for other things. */
const RETRIES_MS = [5 * 60_000, 10 * 60_000, 15 * 60_000, 20 * 60_000, 30 * 60_000] as const;
const WATCHES_MS = [12, 24, 24, 24, 24].map((hours) => hours * HOUR_MS);

/** What became of one seed. */
export interface Life {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly checksum: string;
  readonly events: number;
  /** Milliseconds of the life. */
  readonly lasts: number;
  readonly faults: Readonly<Record<Fault, FaultCount>>;
  /** How often things came to pass that have to, or nothing is tested. */
  readonly seen: Readonly<Record<string, number>>;
  /** Where the story was asked for. */
  readonly lines: readonly string[];
}

/** Lives through one seed. The same seed gives the same life. */
export async function live(
  seed: number,
  rules: readonly Rule[],
  options: { readonly story?: boolean } = {},
): Promise<Life> {
  const world = worldOf(seed, options.story ?? false);
  const seen: Record<string, number> = {};
  const count = (what: string): void => void (seen[what] = (seen[what] ?? 0) + 1);
  world.watch.begin(world, rules);
  world.store.onWrite = (written) => onWrite(world, written, count);
  world.tenant.onEffect = (effect) => {
    count(effect.by === 'hand' ? 'changes by hand' : wordsFor(effect));
    world.story.tell(world.time.now(), 'tenant', () => effectInWords(effect));
    world.watch.landed(effect);
    if (effect.by !== 'hand') troubleAtEffect(world, effect);
  };
  world.tenant.isConcealed = world.choice.revealNames;
  world.watch.onDown = (userId) => troubleWhileDown(world, userId);
  beginFiles(world);
  beginRosters(world);
  beginChats(world);
  beginDesks(world);
  beginWeeks(world);
  beginClocks(world);
  beginTasks(world);
  beginGifts(world);
  beginApprovals(world);
  beginPartialSources(world);
  beginStalls(world);
  world.accounts.onReverted = () => count('taken back by AD');
  if (world.choice.approval === 'required')
    world.time.after(world.chances.world.around(2 * DAY_MS) + DAY_MS, () => approveFirst(world));
  for (let slot = 0; slot < PROCESSES; slot += 1) beginProcess(world);
  world.time.after(world.calendar.calmAfter, () => calm(world));
  const events = await world.time.run(
    world.start + world.calendar.end,
    () => world.watch.violations.length > 0,
  );
  if (world.watch.violations.length === 0) world.watch.ended();
  return {
    seed,
    violations: world.watch.violations,
    checksum: world.story.checksum(),
    events,
    lasts: world.calendar.end,
    faults: world.faults.counts,
    seen,
    lines: world.story.lines,
  };
}

/** An approval of a stale audit begins another one, whose plan is looked at the next day. */
function approveFirst(world: World): void {
  if (world.store.peek('meta', 'approval-first-run', 'approval-first-run') !== undefined) return;
  order(world, { order: 'approve' });
  if (world.time.now() < world.start + world.calendar.calmAfter)
    world.time.after(DAY_MS, () => approveFirst(world));
}

/** Lives begin before the clocks change in Europe, in spring or in autumn, or somewhere in between. */
function startOf(seed: number): number {
  const [month, day] = [
    [2, 1],
    [9, 5],
    [5, 15],
  ][seed % 3] as [number, number];
  return Date.UTC(2026, month, day, 7, 30) + (seed % 11) * DAY_MS;
}

function worldOf(seed: number, isRead: boolean): World {
  const start = startOf(seed);
  const chances = chancesOf(seed);
  const drawn = choiceBy(chances.world, chances.deletions);
  const choice = {
    ...drawn,
    bulkOver: chances.approvals.pick(BULK_OVER),
    retainDays: chances.retention.pick(RETAIN_DAYS),
    departmentCount: chances.retention.pick(DEPARTMENT_COUNTS),
    oneDrive: drawn.crowd === 'leaving' ? 'waive' : chances.files.pick(ONE_DRIVE),
  };
  const time = scheduler(start);
  const cast = castOf(chances.world, start, choice.crowd);
  const tenant = tenantOf(cast, time);
  return {
    seed,
    start,
    calendar: calendarOf(choice.holdDays),
    time,
    chances,
    faults: faultsOf(chances.faults),
    store: memoryStore(),
    tenant,
    accounts: tenantAccounts(tenant, time),
    groups: tenantGroups(tenant, time, chances.tenant),
    mailboxes: tenantMailboxes(tenant, time, chances.tenant),
    hasExchange: chances.world.happens(0.6),
    cast,
    teams: teamsOf(time),
    story: storyOf(isRead),
    watch: watchOf(),
    pace: { retry: chances.world.pick(RETRIES_MS), watch: chances.world.pick(WATCHES_MS) },
    running: [],
    processes: 0,
    downUntil: 0,
    choice,
    policy: policyFor(choice),
    isCalm: false,
    actor: undefined,
    runs: [],
    here: new Map(),
    leave: new Map(),
    mostOffset: 0,
    moments: new Map(),
  };
}

/** Rows that a process works on when they are due. */
const DUE_KINDS: ReadonlySet<string> = new Set<DueKind>(['case', 'command', 'outbox']);

function onWrite(world: World, written: Written, count: (what: string) => void): void {
  const { before, after } = written;
  world.story.note(world.time.now(), `${after?.kind ?? '-'} ${after?.id ?? before?.id ?? ''}`);
  if (after?.kind === 'run' && before === undefined && isDone(after as RunDoc))
    world.runs.push(knownRun(after as DoneRunDoc, world.time.now()));
  world.watch.wrote(written);
  if (after?.kind === 'digest' && before === undefined) count('cards about several');
  if (after === undefined || !DUE_KINDS.has(after.kind)) return;
  if (before === undefined && after.kind === 'command') troubleAtConcealing(world, after as Command);
  if ('dueAt' in after) for (const { pollers } of world.running) pollers.hear(after.kind as DueKind, after);
  if (isClaim(before, after)) onClaim(world, after);
  if (after.kind !== 'case') return;
  const c = after as Case;
  const was = before as Case | undefined;
  noteTask(world, was, c, count);
  if (was?.state === c.state) return;
  count(c.state);
  if ('decision' in c && c.decision.kind === 'park') count(PARKED[c.state] ?? 'parking under way');
  world.story.tell(world.time.now(), world.actor?.name ?? 'somebody', () => moved(was, c));
  if (was === undefined) planTroubles(world, c);
  if (c.state === 'asked') planForOther(world, c);
  if (c.state === 'decided') planForReceiver(world, c);
  if (was?.state === 'decided' && c.state === 'scheduled') planBeforeSteps(world, c);
  if (was?.state !== 'holding' && c.state === 'holding') planForHold(world, c);
  if (was?.state === 'holding' && c.state === 'scheduled') planForDeletion(world);
}

/** A row is worked on from now on: what was planned for such a moment comes at one of the next awaits. */
function onClaim(world: World, row: Doc): void {
  const instance = world.running.find(({ name }) => name === leaseOwner(row));
  if (instance === undefined || instance !== world.actor) return;
  const { faults, chances, moments } = world;
  const chance = chances.moments;
  const reach = row.kind === 'case' ? 22 : 150;
  // What is tried again after a failure has had its chance.
  if ((row as { readonly attempts?: number }).attempts === 1) {
    const when = chance.happens(0.5) ? 'before' : 'after';
    const effectsOnly = chance.happens(0.3);
    if (faults.strikes('crash'))
      instance.ahead(effectsOnly ? 0 : chance.whole(0, reach), { kind: 'crash', when, effectsOnly });
    if (faults.strikes('storeUnavailable')) instance.ahead(chance.whole(0, reach), { kind: 'unavailable' });
  }
  troubleAtResend(world, row, (what) => instance.ahead(chance.whole(1, 14), { kind: 'moment', what }));
  const planned = moments.get(row.id);
  if (planned === undefined || planned.length === 0 || !chance.happens(0.3)) return;
  const [what, ...rest] = planned;
  moments.set(row.id, rest);
  if (what !== undefined) instance.ahead(chance.whole(0, reach), { kind: 'moment', what });
}

/** One of the processes: when it ends another one is started in its place after a while. */
function beginProcess(world: World): void {
  const { time, chances, faults } = world;
  let number = 0;
  const start = (): void => {
    // Nobody only observes for long once the campaign has begun.
    const { choice } = world;
    const actsAgain = choice.mode === 'observe' && chances.world.happens(0.7);
    if (number > 0 && (faults.strikes('policyChange') || actsAgain))
      choose(
        world,
        actsAgain ? { ...choice, mode: 'act' } : changedBy(chances.world, choice, world.calendar.longestHold),
      );
    number = world.processes += 1;
    const instance = startInstance(world, number, () => {
      world.story.tell(time.now(), instance.name, () => 'is gone');
      const wait = world.isCalm ? 60_000 : chances.world.pick([5_000, 60_000, HOUR_MS]);
      time.at(Math.max(time.now() + wait + chances.world.around(wait), world.downUntil), start);
    });
    world.story.tell(time.now(), instance.name, () => 'starts');
    // A deployment ends a process now and then, at leisure.
    time.after(chances.world.around(12 * DAY_MS) + HOUR_MS, () => {
      if (instance.isAlive()) void instance.stop();
    });
  };
  start();
}

/** A week before the end everything settles: what does not come to its end now never does. */
function calm(world: World): void {
  world.isCalm = true;
  world.faults.calm();
  world.tenant.refusing = undefined;
  world.tenant.blank = undefined;
  for (const instance of world.running) instance.offset = 0;
  choose(world, { ...world.choice, mode: 'act' });
  world.story.tell(world.time.now(), 'world', () => 'everything is quiet from now on');
  const now = instant(new Date(world.time.now()));
  void readSwitch(world.store).then((is) => {
    if (is === 'paused') void setSwitch(world.store, 'running', 'admin', now);
  });
  for (const instance of [...world.running]) void instance.stop();
}
