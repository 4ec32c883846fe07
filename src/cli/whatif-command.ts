import { thresholdsOf, USUAL_THRESHOLDS, type BackTest, type Thresholds } from '../audit/back-test.js';
import { dayOf, isoDay } from '../audit/day.js';
import { readBackTest } from '../audit/run-back-test.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { openCommandWorld } from './setup.js';
import { note, say } from './terminal.js';
import { whatIfText } from './whatif-text.js';

/** Thresholds on the evidence that the audits of the service have kept. Reads the store alone, and changes nothing. */
export async function whatIfCommand(line: CommandLine): Promise<ExitCode> {
  const thresholds = daysOf(line.days);
  const world = await openCommandWorld(line.env);
  try {
    const { store, policy, clock } = world.doors;
    const tested = await readBackTest(store, policy, thresholds, dayOf(clock.now()));
    world.announce();
    if (tested === undefined) {
      note(
        'No audit of a running service has kept evidence on this store yet. Ask again after its next one.',
      );
      return EXIT.failed;
    }
    say(line.json ? JSON.stringify(forPrograms(tested), undefined, 2) : whatIfText(tested));
    note(`As of the audit of ${isoDay(tested.day)}; the policy’s threshold is ${tested.policyDays} days.`);
    return EXIT.done;
  } finally {
    await world.close();
  }
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
