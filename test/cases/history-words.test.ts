import { describe, expect, it, test } from '@jest/globals';
import { publicFacts, type EventType } from '../../src/cases/events.js';
import { inWords } from '../../src/cases/history-words.js';
import { ENGLISH_WORDS } from '../i18n/english-words.js';
import { EVENTS } from './events-of-a-case.js';

/** What the private part of an entry holds, whatever the event. */
const DETAILS = {
  name: 'the team Harbor crew',
  askedOf: 'Megan Bowen',
  by: 'Megan Bowen',
  reason: 'Back in March',
  step: 'remove Microsoft 365 E5',
  licenses: ['Microsoft 365 E5', 'Visio'],
  to: 'Isaiah Langer',
  task: 'Ask the owner of the group.',
  why: 'Nobody answered in time.',
};

const SENTENCES: Readonly<Record<EventType, string>> = {
  askIntended: 'About to ask Megan Bowen.',
  asked: 'Asked Megan Bowen in Teams; answer due 2026-12-02 10:00 UTC.',
  askedAgain: 'Sent the question to Megan Bowen once more.',
  reminderAsked: 'Megan Bowen had Megan Bowen reminded.',
  remindIntended: 'About to send the question once more.',
  reminded: 'Reminded Megan Bowen.',
  passedOn: 'Passed on to Isaiah Langer: Nobody answered in time.',
  notDelivered: 'The question could not be delivered (Throttled); next try 2026-12-02 10:00 UTC.',
  sentToAdmins: 'Handed to the admins: Nobody answered in time.',
  kept: 'Megan Bowen keeps the licenses until 2027-03-31; the reason is shown to nobody else',
  decided: 'Megan Bowen decided: reclaim: Back in March',
  proposed: 'Megan Bowen proposed: reclaim: Back in March; somebody else of HR has to agree.',
  proposalDeclined: 'Megan Bowen declined the proposal.',
  keepEnded: 'The time to keep the licenses has passed; the case is closed.',
  reviewPassed: 'The review time has passed; the steps are scheduled.',
  stepPostponed: 'The step waits until 2026-12-02 10:00 UTC: The campaign is paused.',
  vetoed: 'Megan Bowen decided against it; nothing is done: Back in March',
  replanned: 'The policy has changed: the steps that were not begun follow it now.',
  released: 'Megan Bowen released it: the steps may begin before the review time is over.',
  tellIntended: 'About to tell the person what happens to their licenses.',
  told: 'Told the person in Teams; no step before 2026-12-02 10:00 UTC.',
  notTold: 'The person could not be told in Teams (MessageWritesBlocked).',
  objected: 'Megan Bowen still needs it; nothing was done, and an admin decides: Back in March',
  stepHandedOver: 'Step 1 is for a person (remove Microsoft 365 E5): Ask the owner of the group.',
  stepBlocked: 'Step 1 waits for a person: Ask the owner of the group.',
  stepRefused:
    'Step 1 cannot be done yet: Ask the owner of the group. It is tried again from 2026-12-02 10:00 UTC on.',
  stepReverted: 'What step 1 did has come undone; a person has the task: Ask the owner of the group.',
  stepRestored: 'What step 1 did is so again; everything can be undone as before.',
  stepCleared: 'What stood in the way of step 1 is gone; it goes on.',
  stepIntended: 'About to take step 1 (remove Microsoft 365 E5).',
  stepSent: 'Step 1 was accepted by Microsoft 365; waiting for it to take effect.',
  stepDone: 'Step 1 is done and checked (remove Microsoft 365 E5).',
  stepSkipped: 'Step 1 was not needed: The licenses were gone already.',
  stepsFinished: 'All steps are done. Everything can be undone until 2026-12-02 10:00 UTC.',
  deletionPlanned:
    'The undo window has ended; the account is deleted after 2026-12-02 10:00 UTC, as the policy says.',
  holdEnded: 'The undo window has ended; the case is closed.',
  leaveEnded: 'The person is to be back from leave. Everything is given back as it was.',
  waived: 'Megan Bowen waived the team Harbor crew: Back in March',
  undoAsked: 'Megan Bowen asked to undo.',
  notGiven: 'The receiver could not get it, so everything is given back: Nobody answered in time.',
  undoIntended: 'About to undo step 1.',
  undoSent: 'The undo of step 1 was accepted; waiting for it to take effect.',
  undoDone: 'Step 1 is undone and checked (remove Microsoft 365 E5).',
  undoHandedOver: 'The undo of step 1 is for a person: Ask the owner of the group.',
  undoFinished: 'Everything is as it was before.',
  personNeeded: 'A person is needed: There is no free seat of this license: free or buy one.',
  cancelled: 'Cancelled: The person is active again, protected, or out of scope.',
};

const TYPES = Object.keys(SENTENCES) as EventType[];

describe('an entry of the history', () => {
  test.each(TYPES)('of %s is a sentence', (type) => {
    expect(inWords({ type, facts: publicFacts(EVENTS[type]), details: DETAILS })).toBe(SENTENCES[type]);
  });

  test.each(TYPES)('of %s is a sentence in German, without a date as machines write it', (type) => {
    const reader = { locale: 'de', timeZone: 'Europe/Berlin' } as const;
    const details = {
      ...DETAILS,
      task: 'There is no free seat of this license: free or buy one.',
      reason: '',
    };
    const sentence = inWords({ type, facts: publicFacts(EVENTS[type]), details }, reader);
    expect(sentence).not.toMatch(ENGLISH_WORDS);
    expect(sentence).not.toMatch(/\d{4}-\d\d/);
  });

  it('has the moment of its reader', () => {
    const asked = { type: 'asked', facts: publicFacts(EVENTS.asked), details: DETAILS };
    expect(inWords(asked, { locale: 'de', timeZone: 'Europe/Berlin' })).toMatch(/\d{2}:\d{2} ME(S)?Z/);
    expect(inWords(asked)).toMatch(/\d{2}:\d{2} UTC/);
  });

  it('of a keep is word for word that of a leave, for whoever did not give it', () => {
    const facts = publicFacts(EVENTS.kept);
    const kept = { type: 'kept', facts, details: { by: 'Megan Bowen', reason: 'Back in March' } };
    const away = { type: 'kept', facts, details: { by: 'Megan Bowen', onLeave: true } };
    const reader = { locale: 'de', timeZone: 'Europe/Berlin' } as const;
    expect(inWords(away)).toBe(inWords(kept));
    expect(inWords(away, reader)).toBe(inWords(kept, reader));
    expect(inWords(kept, reader)).toBe(
      'Megan Bowen behält die Lizenzen bis Mi., 31. März 2027; der Grund wird sonst niemandem gezeigt',
    );
    expect(inWords(kept, undefined, true)).toBe(
      'Megan Bowen keeps the licenses until 2027-03-31: Back in March',
    );
    expect(inWords(away, undefined, true)).toBe('Megan Bowen keeps the licenses until 2027-03-31');
  });

  it('has the day that somebody chose wherever it is read, and their own words as they wrote them', () => {
    const reader = { locale: 'de', timeZone: 'Europe/Berlin' } as const;
    const kept = {
      type: 'kept',
      facts: publicFacts(EVENTS.kept),
      details: { ...DETAILS, reason: 'The campaign is paused.' },
    };
    expect(inWords(kept, reader, true)).toBe(
      'Megan Bowen behält die Lizenzen bis Mi., 31. März 2027: The campaign is paused.',
    );
    expect(inWords(kept, { ...reader, locale: 'en' }, true)).toBe(
      'Megan Bowen keeps the licenses until Wed 31 Mar 2027: The campaign is paused.',
    );
  });

  it('of a gift names who gives what, and why', () => {
    expect(inWords({ type: 'giftOrdered', facts: { skus: ['sku'] }, details: DETAILS })).toBe(
      'Megan Bowen gives Microsoft 365 E5, Visio: Back in March',
    );
  });

  it('of the opening names the run, why, and the licenses', () => {
    const facts = { runId: 'run-7', scenario: 'inactive', skus: ['sku'] };
    expect(inWords({ type: 'opened', facts, details: DETAILS })).toBe(
      'Found in audit run run-7: inactive. Licenses: Microsoft 365 E5, Visio.',
    );
  });

  test.each(TYPES)('of %s says what happened without a name once the names were erased', (type) => {
    const text = inWords({ type, facts: publicFacts(EVENTS[type]), details: undefined });
    expect(text).not.toMatch(/Megan|Isaiah|Back in March|undefined/);
    expect(text.length).toBeGreaterThan(10);
  });

  it('that was erased says so where a name stood', () => {
    expect(inWords({ type: 'undoAsked', facts: {}, details: undefined })).toBe('(erased) asked to undo.');
    expect(inWords({ type: 'decided', facts: { decision: 'reclaim' }, details: undefined })).toBe(
      '(erased) decided: reclaim',
    );
  });

  it('of an undo says that a receiver keeps theirs, with and without the name', () => {
    const facts = { receiverKeeps: true };
    expect(inWords({ type: 'undoFinished', facts, details: { receiver: 'Isaiah Langer' } })).toBe(
      'Everything taken is given back as it was before. Isaiah Langer keeps what the reassignment gave.',
    );
    expect(inWords({ type: 'undoFinished', facts, details: undefined })).toBe(
      'Everything taken is given back as it was before. (erased) keeps what the reassignment gave.',
    );
  });

  it('of a decision in HR’s lane names the second person', () => {
    const details = { by: 'Hanna', approvedBy: 'Hugo', reason: '' };
    expect(inWords({ type: 'decided', facts: { decision: 'reclaim' }, details })).toBe(
      'Hanna decided, in agreement with Hugo: reclaim',
    );
  });

  test.each([
    ['viewed', { where: 'list' }, 'Hanna looked at it (list).'],
    ['hrCardIntended', {}, 'About to tell Hugo.'],
    ['hrCardSent', {}, 'Told Hugo in Teams.'],
    ['hrCardRefused', { code: 'Throttled' }, 'Hugo could not be told in Teams (Throttled).'],
  ])('that moves nothing, such as %s, is a sentence, too', (type, facts, sentence) => {
    expect(inWords({ type, facts, details: { by: 'Hanna', to: 'Hugo' } })).toBe(sentence);
    expect(inWords({ type, facts, details: undefined })).toBe(sentence.replace(/Hanna|Hugo/, '(erased)'));
  });

  it.each([
    ['en', 'Asked Megan Bowen in Teams; answer due Wed 2 Dec 2026, 11:00 CET.'],
    ['de', 'Megan Bowen in Teams gefragt; Antwort bis Mi., 2. Dez. 2026, 11:00 MEZ.'],
  ] as const)('of a moment says it in the language (%s) and time zone of its reader', (locale, sentence) => {
    const facts = publicFacts(EVENTS.asked);
    const reader = { locale, timeZone: 'Europe/Berlin' };
    expect(inWords({ type: 'asked', facts, details: DETAILS }, reader)).toBe(sentence);
  });

  it('of a reassignment says to whom', () => {
    const facts = { decision: 'reassign' };
    expect(inWords({ type: 'decided', facts, details: { ...DETAILS, receiver: 'Isaiah Langer' } })).toBe(
      'Megan Bowen decided: reassign to Isaiah Langer: Back in March',
    );
  });

  it('leaves out what nobody wrote', () => {
    const details = { by: 'Megan Bowen', reason: '' };
    expect(inWords({ type: 'decided', facts: { decision: 'reclaim' }, details })).toBe(
      'Megan Bowen decided: reclaim',
    );
  });

  test.each(['somethingNew', 'constructor', 'toString', '__proto__', ''])(
    'of an unknown kind such as %j is said to be one',
    (type) => {
      expect(inWords({ type, facts: {}, details: {} })).toBe(`Unknown entry "${type}".`);
    },
  );
});
