import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import type { Doc } from '../../../src/store/store.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { casesIn } from './endings.js';

/** What the tenant says while it refuses every change of licenses. */
const REFUSED =
  /(Another license depends on it: another plan|It conflicts with another license: plans exclude)/u;
/** It is tried once a day at least, and an outage or a step of somebody else may come first. */
const FOLLOWED_MS = 4 * DAY_MS;

export const refusedIsFollowed: Rule = {
  name: 'refused is followed',
  promise: 'design 5: a change that Graph refused does not stay with a person once its reason is gone',
  watch: (world, broken) => {
    let lastHindered = 0;
    const since = new Map<string, number>();
    return {
      wrote: ({ after }) => {
        const isHeld = after?.kind === 'switch' && (after as Switch).campaign !== 'running';
        if (world.tenant.refusing !== undefined || isHeld || heldNow(world)) lastHindered = world.time.now();
      },
      wroteCase: (_before, c) => {
        if (!isRefused(c)) since.delete(c.caseId);
        else if (!since.has(c.caseId)) since.set(c.caseId, world.time.now());
      },
      ended: () => {
        for (const c of casesIn(world)) {
          const from = Math.max(since.get(c.caseId) ?? Infinity, lastHindered, world.downUntil);
          if (isRefused(c) && world.time.now() - from > FOLLOWED_MS)
            broken(`the case of ${nameOf(c.userId)} still waits for what Graph does not refuse any more`);
        }
      },
    };
  },
};

interface Switch extends Doc {
  readonly campaign: string;
}

function heldNow({ store }: World): boolean {
  return store.peekKind<Switch>('meta', 'switch').some(({ campaign }) => campaign !== 'running');
}

function isRefused(c: Case): boolean {
  return c.state === 'needsPerson' && REFUSED.test(c.task);
}

/** Somebody may put it right within a day, and it goes back after that. */
const GOES_BACK_MS = 3 * DAY_MS;
/** Of whoever is to get a license, for good. */
const FOR_GOOD =
  /^(The receiver no longer exists|The receiver’s account is disabled|Another license|It conflicts)/u;

export const nothingForNobody: Rule = {
  name: 'nothing for nobody',
  promise: 'design, steps: a receiver gets exactly that seat, or nothing happens to anyone',
  watch: (world, broken) => {
    const since = new Map<string, number>();
    return {
      wroteCase: (_before, c) => {
        if (!isForNobody(c)) return void since.delete(c.caseId);
        if (!since.has(c.caseId)) since.set(c.caseId, world.time.now());
        if (c.state === 'needsPerson' && FOR_GOOD.test(c.task))
          broken(`${nameOf(c.userId)} has lost a license to somebody who cannot get it: ${c.task}`);
      },
      ended: () => {
        for (const c of casesIn(world)) {
          const isBlocked = c.state === 'needsPerson' && c.watch?.for === 'clear';
          const from = Math.max(since.get(c.caseId) ?? Infinity, world.downUntil);
          if (isForNobody(c) && isBlocked && !heldNow(world) && world.time.now() - from > GOES_BACK_MS)
            broken(`what ${nameOf(c.userId)} has lost waits for somebody who does not get it: ${c.task}`);
        }
      },
    };
  },
};

/** A license was taken for somebody who has not got it, and nothing is given back. */
function isForNobody(c: Case): boolean {
  if (c.state !== 'needsPerson' || c.decision.kind !== 'reassign' || c.undoneBy !== undefined) return false;
  const index = c.watch?.index ?? c.steps.length - 1;
  const giving = c.steps[index];
  const isOpen = giving?.progress.is === 'planned' || giving?.progress.is === 'intended';
  const taken = c.steps.some(
    ({ step, progress }) => step.kind === 'removeLicenses' && progress.is === 'done',
  );
  return giving?.step.kind === 'assignLicenses' && isOpen && taken;
}
