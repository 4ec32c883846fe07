import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { UserId } from '../../src/audit/person.js';
import type { PersonRef } from '../../src/cases/case.js';
import type { Taking } from '../../src/cases/decision.js';
import type { CaseStep, Step } from '../../src/cases/step.js';
import type { CaseEvent, EventType } from '../../src/cases/events.js';
import { publicFacts } from '../../src/cases/events.js';
import { EVENTS, LATER, REASSIGN_DECIDED } from './events-of-a-case.js';

const SKU = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';

describe('what stands in the open part of the history', () => {
  test.each<[EventType, object]>([
    ['askIntended', {}],
    ['asked', { answerDue: LATER }],
    ['askedAgain', {}],
    ['reminderAsked', { remindAt: LATER }],
    ['remindIntended', {}],
    ['reminded', {}],
    ['passedOn', { why: 'Nobody answered in time.' }],
    ['released', {}],
    ['vetoed', {}],
    ['replanned', { steps: [`removeLicenses:${SKU}`] }],
    ['tellIntended', {}],
    ['told', { stepsFrom: LATER }],
    ['notTold', { code: 'MessageWritesBlocked' }],
    ['objected', {}],
    ['stepHandedOver', { step: 0, skus: [SKU] }],
    ['stepBlocked', { step: 0 }],
    ['stepRefused', { step: 0, tryFrom: LATER }],
    ['stepCleared', { step: 0 }],
    ['stepReverted', { step: 0 }],
    ['stepRestored', { step: 0 }],
    ['undoHandedOver', { step: 0 }],
    ['notDelivered', { code: 'Throttled', tryAgainAt: LATER }],
    ['sentToAdmins', { why: 'Nobody answered in time.' }],
    ['kept', { decision: 'keep', until: '2027-03-31T23:59:59.000Z' }],
    ['decided', { decision: 'reclaim', actsFrom: LATER, steps: [`removeLicenses:${SKU}`] }],
    ['keepEnded', {}],
    ['reviewPassed', {}],
    ['stepPostponed', { why: 'The campaign is paused.', until: LATER }],
    ['stepIntended', { step: 0, skus: [SKU] }],
    ['stepSent', { step: 0, checkAt: LATER }],
    ['stepDone', { step: 0 }],
    ['stepSkipped', { step: 0, why: 'The licenses were gone already.' }],
    ['stepsFinished', { holdUntil: LATER }],
    ['holdEnded', {}],
    ['leaveEnded', { why: 'The person is to be back from leave.' }],
    ['deletionPlanned', { notBefore: LATER }],
    ['undoAsked', {}],
    ['notGiven', { step: 0 }],
    ['undoIntended', { step: 0 }],
    ['undoSent', { step: 0, checkAt: LATER }],
    ['undoDone', { step: 0 }],
    ['undoFinished', {}],
    ['personNeeded', { task: 'There is no free seat of this license: free or buy one.' }],
    ['cancelled', { cause: 'reasonGone', why: 'The person is active again, protected, or out of scope.' }],
  ])('of %s is %j', (type, facts) => {
    expect(publicFacts(EVENTS[type])).toEqual(facts);
  });

  it('says of a reassignment what is done, but not for whom', () => {
    expect(publicFacts(REASSIGN_DECIDED)).toMatchObject({
      decision: 'reassign',
      steps: [`removeLicenses:${SKU}`, `assignLicenses:${SKU}`],
    });
  });

  it('never names a person, holds their id, or repeats what they wrote', () => {
    const secret = fc.stringMatching(/^[A-Za-z]{12}$/).map((text) => `person-${text}`);
    const types = fc.constantFrom(...(Object.keys(EVENTS) as EventType[]));
    fc.assert(
      fc.property(types, secret, fc.boolean(), (type, name, reassign) => {
        const event = type === 'decided' && reassign ? REASSIGN_DECIDED : EVENTS[type];
        expect(JSON.stringify(publicFacts(withPeople(event, name)))).not.toContain(name);
      }),
    );
  });
});

function theirs(decision: Taking, person: PersonRef, reason: string): Taking {
  if (decision.kind === 'park') return { ...decision, by: person };
  return decision.kind === 'reassign'
    ? { ...decision, by: person, reason, receiver: person }
    : { ...decision, by: person, reason };
}

/** The same event with every person, chat and text by a person replaced. */
function withPeople(event: CaseEvent, name: string): CaseEvent {
  const person = { id: name as UserId, displayName: name };
  const message = { conversationId: name, activityId: name, serviceUrl: `https://${name}.example` };
  switch (event.type) {
    case 'askIntended':
      return { ...event, askedOf: person };
    case 'asked':
      return { ...event, askedOf: person, message };
    case 'askedAgain':
    case 'told':
      return { ...event, message };
    case 'objected':
      return { ...event, by: person, reason: name };
    case 'kept':
      return { ...event, decision: { ...event.decision, by: person, ...reasonOf(event.decision, name) } };
    case 'reminded':
      return { ...event, message };
    case 'passedOn':
      return { ...event, to: person, from: person };
    case 'released':
    case 'reminderAsked':
      return { ...event, by: person };
    case 'vetoed':
      return { ...event, by: person, reason: name };
    case 'stepHandedOver':
    case 'stepBlocked':
    case 'stepRefused':
    case 'stepReverted':
    case 'undoHandedOver':
      return { ...event, task: name };
    case 'decided': {
      const steps = stepsOf(event.steps, person);
      const decision = theirs(event.decision, person, name);
      return { ...event, decision, steps };
    }
    case 'replanned':
      return { ...event, steps: stepsOf(event.steps, person) };
    case 'notGiven':
      return { ...event, why: name };
    case 'undoAsked':
      return { ...event, by: person };
    default:
      return event;
  }
}

function stepsOf(
  steps: readonly CaseStep[],
  { id, displayName: name }: { readonly id: UserId; readonly displayName: string },
): readonly CaseStep[] {
  return steps.map((each) => ({
    ...each,
    step: {
      ...each.step,
      userId: id,
      ...('licenses' in each.step ? { licenses: each.step.licenses.map((one) => ({ ...one, name })) } : {}),
    } as Step,
  }));
}

function reasonOf(decision: { readonly kind: string }, reason: string): { readonly reason?: string } {
  return decision.kind === 'keep' ? { reason } : {};
}
