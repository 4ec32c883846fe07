import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TERMINAL, type Case, type CaseIn, type StateName } from '../../src/cases/case.js';
import type { CaseStep, StepProgress } from '../../src/cases/step.js';
import type { CaseEvent, EventType } from '../../src/cases/events.js';
import { leavableIn } from '../../src/cases/answering/letting-be.js';
import { takenIn } from '../../src/cases/life.js';
import { transition } from '../../src/cases/transition.js';
import { CASES } from '../cards/a-case.js';
import { AT, EVENTS, REASSIGN_DECIDED } from './events-of-a-case.js';

type WithSteps = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

const STATES = Object.keys(CASES) as StateName[];
const TYPES = Object.keys(EVENTS) as EventType[];

/** What a state must have, and a test that it has it. */
const FACTS_OF: { readonly [S in StateName]: (c: CaseIn<S>) => boolean } = {
  opened: (c) => c.asking.kind === 'ask',
  asked: (c) => isId(c.askedOf) && isInstant(c.askedAt) && isInstant(c.answerDue) && c.message !== undefined,
  escalated: (c) => isId(c.asking.person.id) && isInstant(c.since),
  adminReview: (c) => c.why !== '',
  hrReview: (c) => c.protections.includes('executive'),
  hrProposed: (c) => c.proposal.kind === 'reclaim' && isId(c.proposal.by.id),
  kept: (c) => isId(c.askedOf) && c.decision.kind === 'keep' && isInstant(c.decision.until),
  decided: (c) => hasDecision(c) && isInstant(c.actsFrom),
  scheduled: hasDecision,
  acting: (c) => hasDecision(c) && c.steps.some(({ progress }) => progress.is !== 'planned'),
  holding: (c) => hasDecision(c) && isInstant(c.holdUntil) && c.steps.every(isSettled),
  undoing: (c) => hasDecision(c) && isId(c.undoneBy.id),
  needsPerson: (c) => hasDecision(c) && c.task !== '',
  closed: (c) => isInstant(c.closedAt) && c.outcome.length > 0,
  cancelled: (c) => isInstant(c.closedAt) && c.why !== '',
  undone: (c) => isInstant(c.closedAt) && isId(c.undoneBy.id),
};

function hasDecision(c: WithSteps): boolean {
  return isId(c.askedOf) && ['reclaim', 'reassign'].includes(c.decision.kind) && Array.isArray(c.steps);
}

function isSettled({ progress }: CaseStep): boolean {
  return progress.is === 'done' || progress.is === 'skipped';
}

function isId(text: unknown): boolean {
  return typeof text === 'string' && text.length === 36;
}

function isInstant(text: unknown): boolean {
  return typeof text === 'string' && !Number.isNaN(Date.parse(text));
}

/** What a step may become, in one move or several. */
const FURTHER: Readonly<Record<StepProgress['is'], readonly StepProgress['is'][]>> = {
  planned: ['planned', 'intended', 'handedOver', 'skipped'],
  intended: ['intended', 'sent', 'handedOver', 'done', 'undoHandedOver', 'skipped', 'left'],
  sent: ['sent', 'done', 'undoIntended', 'skipped', 'left'],
  handedOver: ['handedOver', 'done', 'undoHandedOver', 'skipped'],
  done: ['done', 'undoIntended', 'undoHandedOver'],
  undoIntended: ['undoIntended', 'undoSent', 'undoHandedOver', 'undone', 'left'],
  undoHandedOver: ['undoHandedOver', 'undone', 'left'],
  undoSent: ['undoSent', 'undoHandedOver', 'undone', 'left'],
  undone: ['undone'],
  left: ['left'],
  skipped: ['skipped'],
};

describe('any row of events', () => {
  interface Choice {
    readonly pick: number;
    readonly index: number;
    readonly from: string;
    readonly reassign: boolean;
  }

  /** Mostly events that the state takes, or walks would end in the first room; ends are rarer. */
  const choice: fc.Arbitrary<Choice> = fc.record({
    pick: fc.nat(1_000),
    index: fc.nat(2),
    from: fc.constantFrom('going on', 'going on', 'going on', 'allowed', 'all'),
    reassign: fc.boolean(),
  });

  function chosen(c: Case, { pick, index, from, reassign }: Choice): CaseEvent {
    const allowed = takenIn(c.state).filter((type) => from === 'allowed' || !ENDING.includes(type));
    const types: readonly EventType[] = from === 'all' || allowed.length === 0 ? TYPES : allowed;
    const type = types[pick % types.length] ?? 'cancelled';
    if (type === 'waived' && c.state === 'needsPerson' && reassign)
      return letBe(c, pick % 2 === 0 ? 'task' : 'rest');
    const event = type === 'decided' && reassign ? REASSIGN_DECIDED : EVENTS[type];
    return 'index' in event ? { ...event, index } : event;
  }

  const ENDING: readonly EventType[] = ['cancelled', 'kept', 'personNeeded', 'sentToAdmins'];

  it('never makes a case whose state lacks its facts, never leaves an end, and never loses a step', () => {
    const seen = new Set<StateName>();
    fc.assert(
      fc.property(fc.array(choice, { minLength: 20, maxLength: 80 }), fc.boolean(), (choices, isOfHr) => {
        let c: Case = isOfHr ? CASES.hrReview : CASES.opened;
        for (const each of choices) {
          const event = chosen(c, each);
          const result = transition(c, event, AT);
          if (result.kind === 'refused') continue;
          const next = result.case;
          expect((TERMINAL as readonly string[]).includes(c.state)).toBe(false);
          expect((FACTS_OF[next.state] as (c: Case) => boolean)(next)).toBe(true);
          expect(next.version).toBe(c.version + 1);
          if ('steps' in c && 'steps' in next) {
            if (event.type === 'replanned') expectBegunKept(c.steps, next.steps);
            else expectNothingLost(c.steps, next.steps);
          }
          c = next;
          seen.add(c.state);
        }
      }),
      { numRuns: 1_500, seed: 8 },
    );
    expect([...seen].sort()).toEqual([...STATES].sort());
  });
});

/** Whatever of it can be let be. */
function letBe(c: CaseIn<'needsPerson'>, which: 'task' | 'rest'): CaseEvent {
  const found = leavableIn(c, which);
  const of = found.is === 'leavable' ? found.of : which;
  const left = found.is === 'leavable' ? found.indexes.map((index) => ({ index, words: 'remove it' })) : [];
  return { ...EVENTS.waived, waived: { of, left } };
}

/** Only what was not begun can be planned anew. */
function expectBegunKept(before: readonly CaseStep[], after: readonly CaseStep[]): void {
  const begun = before.filter(({ progress }) => progress.is !== 'planned');
  expect(after.slice(0, begun.length)).toEqual(begun);
  expect(after.slice(begun.length).every(({ progress }) => progress.is === 'planned')).toBe(true);
}

function expectNothingLost(before: readonly CaseStep[], after: readonly CaseStep[]): void {
  // A deletion joins the other steps once their undo window has ended.
  const joined = after.slice(before.length);
  expect(joined.every(({ step }) => step.kind === 'deleteAccount')).toBe(true);
  before.forEach(({ progress }, index) => {
    expect(FURTHER[progress.is]).toContain(after[index]?.progress.is);
  });
}
