import { DAY_MS, YEAR_ONE } from './sim-person.js';
import type { SimSignIn, SimWorkload, TenantTime } from './sim-person.js';

/** What a person did in the tenant, as far as Graph could know it. */
export interface Life {
  readonly signIn: SimSignIn | null;
  readonly workload: SimWorkload;
  /** Last activity in the email report. */
  readonly email: number | null;
  /** Last use of a Microsoft 365 app on any platform, by somebody who uses them at all. */
  readonly apps: number | null;
}

/** `createdAt`: when the tenant was made; idle people's dates are fixed to it. `phase`: 0 to 1, the person's own hour. */
export interface LifeContext extends TenantTime {
  readonly createdAt: number;
  readonly phase: number;
}

/** Sign-in data reaches Graph some hours late. */
const SIGN_IN_LAG = 6 * 3_600_000;

export const NO_WORKLOAD: SimWorkload = {
  exchange: null,
  oneDrive: null,
  sharePoint: null,
  teams: null,
  yammer: null,
  skype: null,
};

const NOTHING_USED = { workload: NO_WORKLOAD, email: null, apps: null } as const;

/** Comes back every `everyDays` days, so the dates move on with the clock. */
export function active(context: LifeContext, everyDays: number): Life {
  const seen = lastBeat(context.now - SIGN_IN_LAG, everyDays, context.phase);
  const used = (every: number) => lastBeat(context.reportEnd, everyDays * every, context.phase);
  return {
    signIn: { interactive: seen, nonInteractive: seen, successful: seen, everyDays },
    workload: {
      exchange: used(1),
      oneDrive: used(3),
      sharePoint: used(5),
      teams: used(1),
      yammer: null,
      skype: null,
    },
    email: used(1),
    apps: used(2),
  };
}

/** Did nothing since `days` days before the tenant was made. */
export function idle(context: LifeContext, days: number): Life {
  const last = ago(context, days);
  return {
    signIn: { interactive: last, nonInteractive: last - 3 * DAY_MS, successful: last, everyDays: null },
    workload: {
      exchange: last,
      oneDrive: last - 9 * DAY_MS,
      sharePoint: last - 20 * DAY_MS,
      teams: last - DAY_MS,
      yammer: null,
      skype: null,
    },
    email: last,
    apps: last - 2 * DAY_MS,
  };
}

export function never(): Life {
  return { signIn: null, ...NOTHING_USED };
}

/** Somebody tries passwords: the attempt dates are fresh, the last success is old. */
export function failedAttemptsOnly(context: LifeContext, days: number): Life {
  const attempt = lastBeat(context.now - SIGN_IN_LAG, 1, context.phase);
  const life = idle(context, days);
  return {
    ...life,
    signIn: { interactive: attempt, nonInteractive: attempt, successful: ago(context, days), everyDays: 1 },
  };
}

/** Last seen before December 2023, when Graph began to record successes: null there is not "never". */
export function beforeSuccessWasRecorded(): Life {
  const interactive = Date.UTC(2023, 8, 14, 9, 30);
  return {
    signIn: { interactive, nonInteractive: null, successful: null, everyDays: null },
    ...NOTHING_USED,
  };
}

/** "Never" in the shape of a date in the year 1. */
export function yearOne(): Life {
  return {
    signIn: { interactive: YEAR_ONE, nonInteractive: YEAR_ONE, successful: YEAR_ONE, everyDays: null },
    ...NOTHING_USED,
  };
}

/** Long since signed in by name, yet a synced phone keeps the mailbox busy. */
export function onlyMailIsUsed(context: LifeContext, days: number): Life {
  const life = idle(context, days);
  const mail = lastBeat(context.reportEnd, 1, context.phase);
  return { ...life, workload: { ...life.workload, exchange: mail }, email: mail };
}

/** Idle by the active-user report; only the Microsoft 365 Apps report knows of the documents written every day. */
export function onlyAppsAreUsed(context: LifeContext, days: number): Life {
  return { ...idle(context, days), apps: lastBeat(context.reportEnd, 1, context.phase) };
}

/** Idle by the active-user report, which missed what the email report has. */
export function onlyEmailReportKnows(context: LifeContext, days: number): Life {
  return { ...idle(context, days), email: lastBeat(context.reportEnd, 1, context.phase) };
}

/** A program signed in with the account, never a person, and used no service that reports know. */
export function programSignedIn(context: LifeContext, days: number): Life {
  const last = ago(context, days);
  const signIn = { interactive: null, nonInteractive: last, successful: last, everyDays: null };
  return { ...never(), signIn };
}

/** Whole seconds, `days` days before the tenant was made. */
export function ago(context: { readonly createdAt: number }, days: number): number {
  return Math.floor(context.createdAt / 1000) * 1000 - Math.round(days * DAY_MS);
}

/** The last time before `limit` at which somebody comes who comes every `everyDays` days at their own hour. */
export function lastBeat(limit: number, everyDays: number, phase: number): number {
  const period = everyDays * DAY_MS;
  const offset = Math.floor((phase * period) / 1000) * 1000;
  return Math.floor((limit - offset) / period) * period + offset;
}
