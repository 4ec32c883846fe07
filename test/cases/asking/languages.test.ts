import { afterEach, describe, expect, it } from '@jest/globals';
import { readHistory } from '../../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { anHrWorld, HANNA, HUGO } from '../../world/hr-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const grace = userId('Grace');
const WEEKS = 'timetable: { answerDue: P7D, review: PT0S, afterDecision: PT5S, removeLicenses: P21D }';

let world: CaseWorld;

afterEach(() => world.close());

/** Ada, who is idle, reports to Grace, who reads German. */
async function graceReadsGerman(): Promise<void> {
  const manager = aPerson('Grace', idle(1));
  const others = Array.from({ length: 20 }, (_, n) => aPerson(`Other${n}`, idle(1)));
  world = await aCaseWorld([aPerson('Ada', { ...idle(150), manager }), manager, ...others], {
    policy: WEEKS,
  });
  world.teams.locales.set(grace, 'de');
}

function shown(): string {
  const [sent] = world.teams.sent;
  const edit = world.teams.edits
    .filter(({ message }) => message.activityId === sent?.message.activityId)
    .at(-1);
  return JSON.stringify(edit?.card ?? sent?.card);
}

/** The card that the history keeps with the question. */
async function kept(): Promise<unknown> {
  const { events, sides } = await readHistory(world.store, (await world.caseOf(userId('Ada'))).caseId);
  const asked = events.find(({ type }) => type === 'asked');
  const details = sides.find(({ seq }) => seq === asked?.seq)?.details as { card: unknown } | undefined;
  return details?.card;
}

describe('A question', () => {
  it('is kept in the history as it was sent, whatever language the manager speaks a moment later', async () => {
    await graceReadsGerman();
    world.teams.refuse = () => {
      world.teams.locales.set(grace, 'en');
      return undefined;
    };
    await world.audit();
    await world.work();
    expect(shown()).toContain('Wird diese Lizenz noch benötigt?');
    expect(await kept()).toEqual(world.teams.sent[0]?.card);
  });

  it('is brought up to date in the language that its reader speaks by then', async () => {
    await graceReadsGerman();
    await world.audit();
    await world.work();
    const { caseId, version } = await world.caseOf(userId('Ada'));
    await world.desk.answer({ caseId, version, by: grace, answer: { kind: 'reclaim', reason: '' } });
    await world.work();
    expect(shown()).toContain('Zurückholen** wurde von Grace');
    world.teams.locales.set(grace, 'en');
    await world.desk.undo({ caseId, by: grace });
    await world.work();
    expect(shown()).toContain('No longer needed');
  });
});

describe('Reviewers of HR', () => {
  it('are each told in their own language', async () => {
    const hr = await anHrWorld({
      through: (doors) => ({ ...doors, localeOf: async (id) => (id === HANNA ? 'de' : 'en') }),
    });
    world = hr;
    const cardTo = (id: string): string => JSON.stringify(hr.teams.sent.find(({ to }) => to === id)?.card);
    expect(cardTo(HANNA)).toContain('Nur die Personalabteilung sieht dies');
    expect(cardTo(HUGO)).toContain('Only HR sees this');
  });
});
