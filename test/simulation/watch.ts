import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import type { LogFields } from '../../src/telemetry/log.js';
import type { Written } from './memory-store.js';
import type { Instance } from './instance.js';
import type { Copy } from './teams.js';
import type { Effect } from './tenant.js';
import type { Call } from './through.js';
import type { World } from './world.js';

/** A safety rule that was broken. */
export interface Violation {
  readonly rule: string;
  readonly at: number;
  readonly sentence: string;
}

/** Somebody's click while the desk works on it. */
export interface Click {
  readonly by: UserId;
  readonly verb: string;
  readonly caseId: string;
  readonly version: number;
  /** What the button sends, such as `keep`; undefined for buttons that are no answers. */
  readonly answer: string | undefined;
  /** When it was made. */
  readonly at: number;
  readonly instance: Instance;
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

/** Everything that a rule can see. */
export interface Events {
  /** A document was written by a process, or by somebody else's hand. */
  wrote?(written: Written, by: Instance | undefined): void;
  /** A case was written. */
  wroteCase?(before: Case | undefined, after: Case, by: Instance | undefined): void;
  /** A call that changes the tenant or sends a message goes out. */
  issued?(call: Call, by: Instance): void;
  /** The caller has heard what became of it. `isLost`: something else than what came of the call. */
  answered?(call: Call, by: Instance, isLost: boolean): void;
  landed?(effect: Effect): void;
  arrived?(copy: Copy): void;
  clicked?(click: Click): void;
  /** The desk has answered; `reply` is what the person sees, as JSON. */
  replied?(click: Click, reply: unknown): void;
  logged?(by: Instance, line: LogLine): void;
  ended?(): void;
}

/** One promise of the product, looked at after every event. */
export interface Rule {
  readonly name: string;
  /** The promise, in the words of the design. */
  readonly promise: string;
  watch(world: World, broken: (sentence: string) => void): Events;
}

export interface Watch {
  readonly violations: readonly Violation[];
  begin(world: World, rules: readonly Rule[]): void;
  wrote(written: Written): void;
  issued(by: Instance, call: Call): void;
  answered(by: Instance, call: Call, isLost: boolean): void;
  landed(effect: Effect): void;
  arrived(copy: Copy): void;
  clicked(click: Click): void;
  replied(click: Click, reply: unknown): void;
  logged(by: Instance, line: LogLine): void;
  /** All processes are gone; one of them was about to change something of this person. */
  wentDown(userId: UserId): void;
  /** Called then. */
  onDown: (userId: UserId) => void;
  ended(): void;
  /** A mistake of the simulation or an error that nothing of the product may end in. */
  report(rule: string, sentence: string): void;
}

export function watchOf(): Watch {
  const violations: Violation[] = [];
  const heard: { [Name in keyof Events]-?: NonNullable<Events[Name]>[] } = {
    wrote: [],
    wroteCase: [],
    issued: [],
    answered: [],
    landed: [],
    arrived: [],
    clicked: [],
    replied: [],
    logged: [],
    ended: [],
  };
  let world: World | undefined;

  const report = (rule: string, sentence: string): void => {
    if (world === undefined) return;
    violations.push({ rule, at: world.time.now(), sentence });
    world.story.tell(world.time.now(), 'BROKEN', () => `${rule}: ${sentence}`);
  };

  const watch: Watch = {
    violations,
    report,
    onDown: () => {},
    wentDown: (userId) => watch.onDown(userId),
    begin: (lived, rules) => {
      world = lived;
      for (const rule of rules) {
        const events = rule.watch(lived, (sentence) => report(rule.name, sentence));
        for (const name of Object.keys(events) as (keyof Events)[])
          (heard[name] as unknown[]).push(events[name]);
      }
    },
    wrote: (written) => {
      const by = world?.actor;
      for (const hear of heard.wrote) hear(written, by);
      const { before, after } = written;
      if (after?.kind !== 'case') return;
      for (const hear of heard.wroteCase) hear(before as Case | undefined, after as Case, by);
    },
    issued: (by, call) => {
      if (call.door !== 'store') for (const hear of heard.issued) hear(call, by);
    },
    answered: (by, call, isLost) => {
      if (call.door !== 'store') for (const hear of heard.answered) hear(call, by, isLost);
    },
    landed: (effect) => heard.landed.forEach((hear) => hear(effect)),
    arrived: (copy) => heard.arrived.forEach((hear) => hear(copy)),
    clicked: (click) => heard.clicked.forEach((hear) => hear(click)),
    replied: (click, reply) => heard.replied.forEach((hear) => hear(click, reply)),
    logged: (by, line) => heard.logged.forEach((hear) => hear(by, line)),
    ended: () => heard.ended.forEach((hear) => hear()),
  };
  return watch;
}
