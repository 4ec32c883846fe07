import {
  thresholdsOf,
  USUAL_THRESHOLDS,
  type BackTest,
  type Thresholds,
} from '../audit/back-test/back-test.js';
import { dayOf, isoDay } from '../audit/day.js';
import { backTestOf, readBackTest } from '../audit/back-test/run-back-test.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { progressDisplay } from './progress.js';
import { readNow } from './read-now.js';
import { openCommandWorld } from './setup.js';
import { note, say } from './terminal.js';
import { whatIfText } from './whatif-text.js';

/**
 * Thresholds on the evidence that the audits of the service have kept; where there is none yet, on the tenant as it is
 * now. Changes nothing.
 */
export async function whatIfCommand(line: CommandLine): Promise<ExitCode> {
  const thresholds = daysOf(line.days);
  const display = progressDisplay(process.stderr);
  const world = await openCommandWorld(line.env, { note: display.note });
  try {
    const { store, policy, clock } = world.doors;
    const kept = await readBackTest(store, policy, thresholds, dayOf(clock.now()));
    if (kept !== undefined) {
      world.announce();
      tell(kept, line);
      note(`As of the audit of ${isoDay(kept.day)}; the policy’s threshold is ${kept.policyDays} days.`);
      return EXIT.done;
    }
    return await readNow(world, display, (result) => {
      if (result.kind === 'stopped') {
        note(['The audit was stopped, so nothing can be tested:', ...result.why].join('\n  '));
        return EXIT.stopped;
      }
      tell(backTestOf(result, policy, thresholds), line);
      note(
        `Read just now and not kept; the policy’s threshold is ${policy.inactivity.days} days. ` +
          'How many come back is known only where a running service keeps the evidence of its audits.',
      );
      return EXIT.done;
    });
  } finally {
    display.end();
    await world.close();
  }
}

function tell(tested: BackTest, line: CommandLine): void {
  say(line.json ? JSON.stringify(forPrograms(tested), undefined, 2) : whatIfText(tested));
}

/** @throws WrongUse, whose message says how it should look */
function daysOf(text: string | undefined): readonly number[] {
  const thresholds = text === undefined ? thresholdsOf(USUAL_THRESHOLDS) : thresholdsIn(text);
  if (thresholds.kind === 'days') return thresholds.days;
  throw new WrongUse(`--days: ${thresholds.why}\nUsage: npm run steward -- whatif --days 60,90,120,180`);
}

function thresholdsIn(text: string): Thresholds {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  return thresholdsOf(parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN)));
}

/** Days as dates, amounts in minor units of their currency. */
function forPrograms(tested: BackTest) {
  return {
    ...tested,
    day: isoDay(tested.day),
    earlier: tested.earlier.map((run) => ({ ...run, day: isoDay(run.day) })),
  };
}
