import type { UserId } from '../../../src/audit/person.js';
import type { CardJson } from '../../../src/bot/messenger.js';
import type { Case } from '../../../src/cases/case.js';
import type { HistoryEvent } from '../../../src/store/history.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import { isReturn } from '../../../src/cases/parked-return.js';
import { nameOf } from '../cast.js';
import { caseOf } from '../personas.js';
import type { Instance } from '../instance.js';
import type { Call } from '../through.js';
import type { Rule } from '../watch.js';
import { isGift } from './books.js';
import type { World } from '../world.js';
import { latestRunOf } from './runs.js';
import { tells } from './telling-admins.js';
import { begunStep, effectCall, SETTLED_MS } from './truth.js';

interface SwitchDoc {
  readonly campaign: string;
  readonly by: string;
}

export const brakesHold: Rule = {
  name: 'brakes hold',
  promise: '8: a kill switch is read before every step and question; a policy that observes changes nothing',
  watch: (world, broken) => {
    let heldSince: number | undefined;
    let isByGuard = false;
    const isHeld = (): boolean => heldSince !== undefined && heldSince < world.time.now() - SETTLED_MS;
    return {
      wrote: ({ after }) => {
        if (after?.kind !== 'switch') return;
        const { campaign, by } = after as unknown as SwitchDoc;
        const isRunning = campaign === 'running';
        isByGuard = campaign === 'paused' && by.startsWith('guard');
        heldSince = isRunning ? undefined : (heldSince ?? world.time.now());
      },
      issued: (call, by) => {
        const why = isHeld()
          ? 'although the campaign is held'
          : by.policy.mode === 'observe'
            ? 'under a policy that only observes'
            : undefined;
        if (why === undefined) return;
        if (call.door === 'messenger') {
          // Cards that were sent are kept up to date while the campaign is held, and admins hear of a pause by a guard.
          const isOfPause = isByGuard && call.method === 'send' && tells(call.args[1] as CardJson);
          const isExpected = isOfPause || isOfReturn(world, call, by);
          if (by.policy.mode === 'observe' || (call.method === 'send' && !isExpected))
            broken(`${by.name} sends a message ${why}`);
          return;
        }
        const asked = effectCall(call);
        if (asked === undefined) return;
        const c = begunStep(world, asked)?.case;
        const isUndo = c?.state === 'undoing' && (!asked.isTaking || isGift(c));
        if (!isUndo) broken(`${by.name} changes ${nameOf(asked.userId)} ${why}`);
      },
    };
  },
};

/** What was parked comes back whatever becomes of the campaign, and HR is told of what stands in the way. */
function isOfReturn({ store }: World, { args }: Call, by: Instance): boolean {
  const to = args[0] as UserId;
  return store
    .peekKind<Case>('cases', 'case')
    .some(
      (c) =>
        c.state === 'needsPerson' &&
        isReturn(c) &&
        c.lease?.owner === by.name &&
        c.tell?.triedSince?.[to] !== undefined,
    );
}

/** The largest of the limits under which processes run now: two may have different policies for a while. */
function most(
  world: World,
  limit: (policy: World['policy']) => { count: number; percent: number },
  people: number,
): number {
  const policies = [world.policy, ...world.running.map(({ policy }) => policy)];
  return Math.max(
    ...policies.map((policy) => {
      const { count, percent } = limit(policy);
      return Math.min(count, Math.ceil((people * percent) / 100));
    }),
  );
}

function isOfHr(c: Case | undefined): boolean {
  return c !== undefined && isSealed(c);
}

const AFTER_MIDNIGHT_MS = 40 * 60_000;
const DAY_MS = 86_400_000;

export const stepsPerDay: Rule = {
  name: 'steps per day',
  promise: '8: never more steps on one day than the limit, across all processes',
  watch: (world, broken) => {
    const days = new Map<string, { readonly steps: Set<string>; most: number }>();
    return {
      wrote: ({ after }) => {
        if (after?.kind !== 'event') return;
        const event = after as HistoryEvent;
        if (event.type !== 'stepIntended') return;
        // The place may have been taken before midnight.
        if (Date.parse(event.at) % DAY_MS < AFTER_MIDNIGHT_MS) return;
        const people = latestRunOf(world)?.people ?? 0;
        const c = caseOf(world, event.caseId);
        // An admin asks for each gift by itself.
        if (c !== undefined && isGift(c)) return;
        // HR's lane has places of its own.
        const name = `${event.at.slice(0, 10)}${isOfHr(c) ? ' for HR' : ''}`;
        const day = days.get(name) ?? { steps: new Set(), most: 0 };
        days.set(name, day);
        day.most = Math.max(
          day.most,
          most(world, ({ limits }) => limits.stepsPerDay, people),
        );
        const { step } = event.public as { readonly step: number };
        day.steps.add(`${event.caseId}:${step}`);
        if (day.steps.size > day.most)
          broken(`${day.steps.size} steps begin on ${name}, and ${day.most} may`);
      },
    };
  },
};

export const casesPerRun: Rule = {
  name: 'cases per run',
  promise: '8: never more cases from one run, in all and per department, than the limits',
  watch: (world, broken) => {
    const runs = new Map<string, { readonly opened: Map<string, number>; all: number }>();
    return {
      wroteCase: (before, c) => {
        if (before !== undefined || isGift(c)) return;
        const found = world.runs.find(({ runId }) => runId === c.runId);
        if (found === undefined) return broken(`the case of ${nameOf(c.userId)} is of no complete run`);
        const lane = `${c.runId}${isOfHr(c) ? ' for HR' : ''}`;
        const run = runs.get(lane) ?? { opened: new Map<string, number>(), all: 0 };
        runs.set(lane, run);
        const department = c.subject.department ?? '';
        run.all += 1;
        run.opened.set(department, (run.opened.get(department) ?? 0) + 1);
        const cap = most(world, ({ limits }) => limits.casesPerRun, found.people);
        if (run.all > cap) broken(`run ${c.runId} opens ${run.all} cases, and ${cap} may`);
        const share = most(
          world,
          ({ limits: { perDepartment } }) => ({ ...perDepartment, count: perDepartment.count ?? Infinity }),
          found.departments[department] ?? 0,
        );
        const inDepartment = run.opened.get(department) ?? 0;
        if (inDepartment > share)
          broken(`run ${c.runId} opens ${inDepartment} cases in ${department}, and ${share} may`);
      },
    };
  },
};

/** In which a process that ends between the audit and what it notes of it has come back. */
const KNOWN_MS = DAY_MS / 4;

export const blankStops: Rule = {
  name: 'blank stops',
  promise:
    '1: a source that turns blank stops the campaign: nobody is asked, and nothing is ended or taken because of it',
  watch: (world, broken) => {
    const readBlank = new Set<number>();
    let stoppedSince: number | undefined;
    const checkTaking = (call: Call, by: Instance): void => {
      const asked = effectCall(call);
      if (asked?.isTaking !== true || stoppedSince === undefined) return;
      const c = begunStep(world, asked)?.case;
      const isOfCampaign = c !== undefined && c.state !== 'undoing' && !isGift(c);
      if (isOfCampaign && world.time.now() - stoppedSince > KNOWN_MS)
        broken(`${by.name} takes something of ${nameOf(asked.userId)} although the newest audit was stopped`);
    };
    return {
      issued: (call, by) => {
        checkTaking(call, by);
        if (call.door !== 'auditGraph') return;
        if (call.method === 'tenant') readBlank.delete(by.number);
        if (call.method === 'report' && isBlank(world, 'usage')) readBlank.add(by.number);
      },
      wrote: ({ before, after }, by) => {
        if (after?.kind !== 'run' || before !== undefined || by === undefined) return;
        const { state } = after as unknown as { readonly state: string };
        stoppedSince = state === 'stopped' ? (stoppedSince ?? world.time.now()) : undefined;
        if (state === 'done' && readBlank.has(by.number))
          broken('an audit is complete although its reports were blank');
      },
    };
  },
};

function isBlank({ tenant }: World, what: 'usage' | 'signIns'): boolean {
  return tenant.blank === what || tenant.blank === 'both';
}

const IN_A_ROW = 3;

export const failuresPause: Rule = {
  name: 'failures pause',
  promise: '8: a step that fails for several people in a row pauses the campaign',
  watch: (world, broken) => {
    const refused = new Set<string>();
    let dueBy: number | undefined;
    return {
      wrote: ({ after }) => {
        if (after?.kind === 'switch') {
          dueBy = undefined;
          refused.clear();
        }
      },
      landed: (effect) => {
        if (effect.by === 'hand' || effect.kind === 'revokeSessions') return;
        refused.clear();
        dueBy = undefined;
      },
      wroteCase: (before, c: Case) => {
        if (dueBy !== undefined && world.time.now() > dueBy) {
          dueBy = undefined;
          broken('steps failed for three people in a row, and the campaign goes on');
        }
        const wasRefused =
          c.state === 'needsPerson' &&
          before?.state === 'acting' &&
          !isTriedAgain(before) &&
          /^(Another license|It conflicts)/.test(c.task);
        // What an admin gives to one person says nothing of a campaign.
        if (!wasRefused || isOfHr(c) || isGift(c)) return;
        refused.add(c.caseId);
        if (refused.size >= IN_A_ROW) dueBy ??= world.time.now() + SETTLED_MS;
      },
    };
  },
};

/** That it is refused still says nothing new of the campaign. */
function isTriedAgain({ steps }: Extract<Case, { state: 'acting' }>): boolean {
  return steps.some(({ progress }) => progress.is === 'intended' && progress.refused !== undefined);
}
