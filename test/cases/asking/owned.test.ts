import { afterEach, describe, expect, it } from '@jest/globals';
import type { GroupId, UserId } from '../../../src/audit/person.js';
import { instant, type Case } from '../../../src/cases/case.js';
import type { OwnedThing } from '../../../src/graph/graph-door.js';
import { outboxId, type Outbox } from '../../../src/cases/asking/outbox.js';
import { changeDocument } from '../../../src/store/change-document.js';
import { readHistory } from '../../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { graphFailure } from '../../world/graph-world.js';
import { anHrWorld, CHIARA } from '../../world/hr-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../../world/people.js';

const DAY = 86_400_000;
const WEEKS =
  'timetable: { reminders: [P3D], answerDue: P7D, deliverWithin: P3D, review: PT0S, afterDecision: PT5S, disableSignIn: P14D, convertMailbox: P15D, removeLicenses: P21D }';
const ADA = userId('Ada');
const GRACE = userId('Grace');
const NOT_KNOWN = 'Whether the person is the only owner of groups or teams is not known.';

const thing = (id: string, displayName: string, more: Partial<OwnedThing> = {}): OwnedThing => ({
  id: id as GroupId,
  displayName,
  isTeam: true,
  isSole: true,
  ...more,
});

let world: CaseWorld;

afterEach(() => world.close());

/** Idle reports of Grace, who reports to Hans; each was asked about. */
async function asked(
  owned: ReadonlyMap<UserId, readonly OwnedThing[]>,
  { names = ['Ada'], spec = {}, ...options }: Options = {},
): Promise<void> {
  const hans = aPerson('Hans', idle(1));
  const manager = aPerson('Grace', { ...idle(1), manager: hans });
  const reports = names.map((name) => aPerson(name, { ...idle(150), manager, ...spec }));
  const others = ['Bob', 'Carl'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([...reports, manager, hans, ...others], { policy: WEEKS, owned, ...options });
  await world.audit();
  await world.work();
}

interface Options extends CaseWorldOptions {
  readonly names?: readonly string[];
  readonly spec?: PersonSpec;
}

const ada = (): Promise<Case> => world.caseOf(ADA);
const reads = (): number => world.graph.calls.get('ownedThings') ?? 0;
const cards = (to: UserId): readonly string[] =>
  world.teams.sent.filter((sent) => sent.to === to).map(({ card }) => JSON.stringify(card));

describe('what only the person owns', () => {
  it('is read when the question is composed, and kept with the case and the card as it was seen', async () => {
    const things = [
      thing('group-2', 'Quay', { isTeam: false }),
      thing('group-1', 'Harbor crew'),
      thing('group-3', 'Shared with Bob', { isSole: false }),
    ];
    await asked(new Map([[ADA, things]]));
    const { caseId, owned } = await ada();
    expect(owned).toEqual({
      is: 'known',
      count: 2,
      first: [
        { displayName: 'Harbor crew', isTeam: true },
        { displayName: 'Quay', isTeam: false },
      ],
    });
    const [card] = cards(GRACE);
    expect(card).toContain(
      '**The person is the only owner of 2 groups and teams:** team Harbor crew, group Quay.',
    );
    const { events, sides } = await readHistory(world.store, caseId);
    const seen = JSON.stringify(sides);
    expect(seen).toContain(
      '**The person is the only owner of 2 groups and teams:** team Harbor crew, group Quay.',
    );
    // The open part of the history is for ever, and people choose such names.
    expect(JSON.stringify(events)).not.toMatch(/Harbor crew|Quay/);
  });

  it('is on the card that Details opens of somebody in a shared message', async () => {
    await asked(new Map([[ADA, [thing('group-1', 'Harbor crew')]]]), { names: ['Ada', 'Bea'] });
    expect(reads()).toBe(2);
    expect((await ada()).owned).toMatchObject({ count: 1 });
    expect((await world.caseOf(userId('Bea'))).owned).toEqual({ is: 'known', count: 0, first: [] });
  });

  it('is not known where Graph does not tell, and the question goes out all the same', async () => {
    await asked(new Map(), { failing: { ownedThings: graphFailure('serverError') } });
    expect(await ada()).toMatchObject({ state: 'asked', owned: { is: 'unknown' } });
    expect(cards(GRACE)[0]).toContain(NOT_KNOWN);
  });

  it('is read anew for a reminder', async () => {
    const owned = new Map<UserId, readonly OwnedThing[]>([[ADA, [thing('group-1', 'Harbor crew')]]]);
    await asked(owned);
    owned.set(ADA, [thing('group-1', 'Harbor crew', { isSole: false })]);
    for (let quarter = 0; quarter < 14; quarter += 1) {
      world.clock.advance(DAY / 4);
      await world.work();
    }
    expect(cards(GRACE)).toHaveLength(2);
    expect(cards(GRACE)[1]).not.toContain('only owner');
    expect((await ada()).owned).toMatchObject({ count: 0 });
  });

  it('stays as an earlier card has named it where Graph does not tell when a reminder is composed', async () => {
    const owned = new Map<UserId, readonly OwnedThing[]>([[ADA, [thing('group-1', 'Harbor crew')]]]);
    await asked(owned);
    Object.assign(world.graph, { ownedThings: () => Promise.reject(graphFailure('throttled')) });
    for (let quarter = 0; quarter < 14; quarter += 1) {
      world.clock.advance(DAY / 4);
      await world.work();
    }
    expect(cards(GRACE)).toHaveLength(2);
    expect(cards(GRACE)[1]).toContain('team Harbor crew');
  });

  it('that takes longer to read than a lease lasts is not sent by who has lost the message to another one', async () => {
    const taken = { owner: 'another', until: instant(new Date('2027-01-01T00:00:00.000Z')) };
    await asked(new Map(), {
      through: (doors) => ({
        ...doors,
        graph: {
          ...doors.graph,
          ownedThings: async (id) => {
            await changeDocument<Outbox>(doors.store, 'commands', outboxId(GRACE), (row) =>
              row === undefined ? undefined : { ...row, lease: taken },
            );
            return doors.graph.ownedThings(id);
          },
        },
      }),
    });
    expect(cards(GRACE)).toEqual([]);
    expect(await ada()).toMatchObject({ state: 'opened' });
  });

  it('is read for an admin where nobody can be asked', async () => {
    await asked(new Map([[ADA, [thing('group-1', 'Harbor crew')]]]), { spec: { manager: 'unknown' } });
    expect(await ada()).toMatchObject({ state: 'adminReview', owned: { is: 'known', count: 1 } });
  });

  it('is not looked at where the policy says so, nor of somebody who works on', async () => {
    await asked(new Map([[ADA, [thing('group-1', 'Harbor crew')]]]), {
      policy: `${WEEKS}\nreclaim: { owned: ignore }`,
    });
    expect(reads()).toBe(0);
    expect((await ada()).owned).toBeUndefined();
    expect(cards(GRACE)[0]).not.toContain('owner');
  });

  it('is not looked at for HR, whose card does not say it', async () => {
    world = await anHrWorld({ owned: new Map([[CHIARA, [thing('group-1', 'Harbor crew')]]]) });
    const { state, owned } = await world.caseOf(CHIARA);
    expect([state, owned]).toEqual(['hrReview', undefined]);
    expect(world.teams.sent.map(({ card }) => JSON.stringify(card)).join()).not.toContain('Harbor crew');
  });
});
