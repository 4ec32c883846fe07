import { describe, expect, it } from '@jest/globals';
import {
  intentionWrittenLate,
  mailboxBelieved,
  namesShownUnwritten,
  removalSentWithUndo,
  writtenInPieces,
} from '../world/planted-faults.js';
import { GIVEN_BACK_BY_HAND, STEP_SCENARIOS, type StepScenario } from '../world/step-scenarios.js';
import { doubleCrashes, momentsIn, playSteps, sweepSteps } from '../world/step-sweep.js';
import { told } from '../world/sweep.js';

/** `npm run crash-sweep` looks at every one, before and after, and plays thousands of doubles. */
const ONE_OF = 3;
const DOUBLES = 100;

function named(text: string): StepScenario {
  const found = STEP_SCENARIOS.find(({ name }) => name === text);
  if (found === undefined) throw new Error(`There is no scenario ${text}.`);
  return found;
}

describe('a process that is killed', () => {
  it.each(STEP_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'ends in the same safe state at each await that is looked at: %s',
    async (name, scenario) => {
      expect(told(name, await sweepSteps(scenario, { oneOf: ONE_OF }))).toEqual([]);
    },
    240_000,
  );

  it('does no harm when the one after it is killed as well', async () => {
    const doubles = doubleCrashes(STEP_SCENARIOS);
    const found: string[] = [];
    for (let seed = 1; seed <= DOUBLES; seed += 1) {
      const run = await doubles.play(seed);
      found.push(...run.found.map((each) => `seed ${seed} (${run.words}): ${each}`));
    }
    expect(found).toEqual([]);
  }, 240_000);

  it('takes nothing a second time from somebody who got it back by hand meanwhile', async () => {
    const { calls } = await playSteps(GIVEN_BACK_BY_HAND);
    const moments = momentsIn(calls[0] ?? [], 'distinct');
    let givenBack = 0;
    const found: string[] = [];
    for (const crash of moments) {
      const { evidence } = await playSteps(GIVEN_BACK_BY_HAND, { crashes: [crash] });
      const takings = Object.values(evidence.effects).flat().length;
      const [holds] = Object.values(evidence.licenses);
      const isHeld = holds?.[0]?.includes('without') ?? false;
      givenBack += isHeld ? 1 : 0;
      const where = `${crash.when} call ${crash.at} (${calls[0]?.[crash.at - 1]})`;
      if (takings > 1) found.push(`${where}: taken ${takings} times`);
      found.push(...evidence.wrongs.map((each) => `${where}: ${each}`));
    }
    expect(told(GIVEN_BACK_BY_HAND.name, { moments: moments.length, found })).toEqual([]);
    expect(givenBack).toBeGreaterThan(2);
  }, 120_000);
});

describe('the sweep of steps', () => {
  it.each([
    ['intentions are written after the call', 'block sign-in and remove', intentionWrittenLate],
    ['a case and its history are written one after the other', 'leave a group', writtenInPieces],
    ['what is given back is taken again', 'give back sign-in and license', removalSentWithUndo],
    ['a mailbox is believed to be shared', 'convert the mailbox through Exchange', mailboxBelieved],
    [
      'nothing says that names are to be concealed again',
      'show names that are concealed, for an audit',
      namesShownUnwritten,
    ],
  ] as const)(
    'notices when %s',
    async (_words, name, plant) => {
      const { found } = await sweepSteps({ ...named(name), plant }, { untilFound: true });
      expect(found).not.toEqual([]);
    },
    60_000,
  );
});
