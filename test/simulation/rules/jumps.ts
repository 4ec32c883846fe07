import type { DoneRunDoc, FindingDoc, RunDoc } from '../../../src/audit/run-record.js';
import type { Command } from '../../../src/cases/command.js';
import type { Policy } from '../../../src/config/policy.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import { damageAt, lacksDates, lacksRow, lacksSignIn, type Damage } from '../damages.js';
import { REPORT_LAG_MS } from '../reports.js';
import { SIGN_IN_LAG_MS } from '../tenant-graph.js';
import type { Someone } from '../tenant.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isDone, type KnownRun } from './runs.js';
import { SETTLED_MS } from './truth.js';

/** Fewer people are no jump. */
const SMALLEST_JUMP = 5;

/** Of every so manieth person, or of fewer: less than a tenth. */
const SMALLEST_PART = 10;

/** An admin has let the jump through by name. */
function isAccepted({ store }: World, { runId }: Pick<DoneRunDoc, 'runId'>): boolean {
  const id = runId.replace(/-\d+$/, '');
  const what = store.peek<Command>('commands', id, id)?.doc.what;
  return what?.order === 'audit' && what.acceptJump === true;
}

/** People of whom the audit says that they are idle, so that they would be asked about on the normal path. */
function idleIn({ store, cast }: World, runId: string): number {
  return cast.everybody.filter(({ id }) => {
    const found = store.peek<FindingDoc>('runs', runId, id)?.doc;
    return found?.list === 'inactive' && /^(inactive|neverUsed)$/.test(found.finding.verdict.kind);
  }).length;
}

interface Share {
  readonly idle: number;
  readonly people: number;
}

function isJump(now: Share, last: Share, { flaggedPoints, flaggedFactor }: Policy['guards']): boolean {
  if (now.idle - last.idle < SMALLEST_JUMP) return false;
  const points = (100 * now.idle) / now.people - (100 * last.idle) / last.people;
  return points > flaggedPoints || now.idle > last.idle * flaggedFactor;
}

/** What an audit that a process has begun is compared with, and whether rows were lacking in what it read. */
interface Begun {
  readonly last: (KnownRun & Share & { readonly lacksRows: boolean }) | undefined;
  lacksRows: boolean;
}

export const jumpStops: Rule = {
  name: 'jump stops',
  promise:
    '1: an audit that finds many more idle people than the last one, or a tenth fewer rows, stops, unless an admin accepts it',
  watch: (world, broken) => {
    const begun = new Map<number, Begun>();
    let newest: Begun['last'];
    return {
      issued: ({ door, method }, by) => {
        if (door !== 'auditGraph') return;
        if (method === 'tenant') begun.set(by.number, { last: newest, lacksRows: false });
        const audit = begun.get(by.number);
        if (audit === undefined || method !== 'report') return;
        const damage = damageAt(world.tenant.damages, world.time.now());
        if (damage?.of === 'rows' && damage.every < SMALLEST_PART) audit.lacksRows = true;
      },
      wrote: ({ before, after }, by) => {
        if (after?.kind !== 'run' || before !== undefined || !isDone(after as RunDoc)) return;
        const known = world.runs.at(-1);
        if (by === undefined || known === undefined) return;
        const { last, lacksRows = false } = begun.get(by.number) ?? {};
        const now = { ...known, idle: idleIn(world, known.runId), lacksRows };
        newest = now;
        if (last === undefined || isAccepted(world, now)) return;
        if (isJump(now, last, by.policy.guards))
          broken(
            `an audit finds ${now.idle} of ${now.people} people idle, after ${last.idle} of ${last.people}, and goes on`,
          );
        if (lacksRows && !last.lacksRows) broken('an audit is complete although its reports lacked rows');
      },
    };
  },
};

/** Sign-in dates that were read for an audit serve others for so long. */
const KEPT_MS = DAY_MS + SETTLED_MS;

/** Where it shows that somebody used what they have; undefined: in no source that was whole. */
function shownIn(world: World, { id, use }: Someone, at: number): 'signIns' | 'reports' | undefined {
  const { activeSince, only } = use;
  if (activeSince === undefined) return undefined;
  const damages = world.tenant.damages.filter(({ since, until }) => since <= at && at < until + KEPT_MS);
  const isWhole = (lacks: (damage: Damage) => boolean): boolean => !damages.some(lacks);
  if (
    only !== 'workload' &&
    activeSince < at - KEPT_MS - SIGN_IN_LAG_MS &&
    isWhole((damage) => lacksSignIn(damage, id, use))
  )
    return 'signIns';
  if (
    only !== 'signIn' &&
    activeSince < at - REPORT_LAG_MS - DAY_MS &&
    isWhole((damage) => lacksDates(damage, id) || lacksRow(damage, id))
  )
    return 'reports';
  return undefined;
}

/** Of these somebody is said to use nothing at all. */
const IDLE: ReadonlySet<string> = new Set(['inactive', 'neverSignedIn']);

export const openedIdle: Rule = {
  name: 'opened idle',
  promise: '1 and 2: nobody is asked about for being idle whom one whole source shows to be active',
  watch: (world, broken) => ({
    wroteCase: (before, c) => {
      if (before !== undefined || !IDLE.has(c.scenario)) return;
      const run = world.runs.find(({ runId }) => runId === c.runId);
      if (run === undefined) return;
      const source = shownIn(world, world.tenant.someone(c.userId), run.startedAt);
      if (source !== undefined)
        broken(`${nameOf(c.userId)} is asked about as ${c.scenario}, and the ${source} show use`);
      const damage = damageAt(world.tenant.damages, run.startedAt - world.mostOffset);
      if (damage !== undefined && damage.until > run.storedAt && lacksRow(damage, c.userId))
        broken(`${nameOf(c.userId)} is asked about, of whom the reports have no row`);
    },
  }),
};
