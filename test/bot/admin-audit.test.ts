import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deedText } from '../../src/cards/deeds-card.js';
import { readDeeds } from '../../src/cases/admin/run-deeds.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import { joinAudience, readAudience } from '../../src/cases/admin/run-audience.js';
import { instant } from '../../src/cases/case.js';
import { newCommand, type Command } from '../../src/cases/command.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { graphFailure } from '../world/graph-world.js';
import { textIn } from './admin-world.js';
import {
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  STRANGER,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

beforeEach(async () => {
  world = await aHostileWorld();
}, 60_000);

afterEach(() => world.close());

const now = () => instant(world.cases.clock.now());

async function audits(): Promise<readonly Command[]> {
  const found: Command[] = [];
  const where = [{ field: 'kind', is: '=', value: 'command' }] as const;
  for await (const { doc } of world.cases.store.query<Command>({ container: 'commands', where }))
    if (doc.what.order === 'audit' && doc.askedBy !== 'test' && doc.askedBy !== 'schedule') found.push(doc);
  return found;
}

/** Cards about audits in somebody's chat, as they stand now. */
function cardsOf(userId: string): readonly string[] {
  return world.connector
    .chatOf(userId)
    .map(({ activity }) => JSON.stringify(activity))
    .filter((text) => /audit is under way|The audit (is done|has failed)|has stopped the audit/u.test(text))
    .filter((text) => text.includes('AdaptiveCard'));
}

describe('“run audit”', () => {
  it('orders an audit, shows how far it is, and in the same card what came of it', async () => {
    expect(textIn(await world.say(ALEX, 'run audit'))).toContain('An audit begins');
    expect(await audits()).toMatchObject([{ askedBy: ALEX, state: 'waiting' }]);
    await world.cases.work();
    const [card, ...more] = cardsOf(ALEX);
    expect(more).toEqual([]);
    expect(card).toContain('The audit is done');
    expect(card).toContain('Who is inactive?');
    expect(card).not.toContain('Chiara');
    const edits = world.connector.messages.filter(({ activity }) => JSON.stringify(activity) === card);
    expect(edits.map((message) => message.edits)).toEqual([1]);
    expect((await readDeeds(world.cases.store)).map((deed) => deedText(deed, ENGLISH))).toEqual([
      'Asked for an audit, by Alex',
    ]);
  });

  it('of two at the same moment is one audit, and both are told', async () => {
    await Promise.all([world.say(ALEX, 'run audit'), world.say(IRIS, 'run an audit')]);
    expect(await audits()).toHaveLength(1);
    await world.cases.work();
    for (const admin of [ALEX, IRIS])
      expect(cardsOf(admin)).toEqual([expect.stringContaining('The audit is done')]);
    expect(await readAudience(world.cases.store, (await audits())[0]?.id ?? '')).toBeUndefined();
  });

  it('while one of the schedule is due joins that one', async () => {
    await addCommand(world.cases.doors, newCommand('planned', { order: 'audit' }, 'schedule', now(), now()));
    expect(textIn(await world.say(ALEX, 'run audit'))).toContain('under way already');
    expect(await audits()).toEqual([]);
    await world.cases.work();
    expect(cardsOf(ALEX)).toEqual([expect.stringContaining('The audit is done')]);
  });

  it('may be asked again at once, as at a terminal', async () => {
    await world.say(ALEX, 'run audit');
    await world.cases.work();
    await world.say(ALEX, 'run audit');
    await world.cases.work();
    expect(await audits()).toHaveLength(2);
    expect(cardsOf(ALEX)).toHaveLength(2);
  });

  it('that was named and never ordered, because a process ended, is ordered by the next who asks', async () => {
    const { store } = world.cases;
    await store.create('meta', {
      ...{ id: 'audit-asked', kind: 'askedAudit', commandId: 'audit-lost' },
      ...{ askedAt: now() },
    });
    await world.say(ALEX, 'run audit');
    expect((await audits()).map(({ id }) => id)).toEqual(['audit-lost']);
  });

  it('never takes the name of one that was carried out and erased since', async () => {
    const { store, clock } = world.cases;
    await store.create('meta', {
      ...{ id: 'audit-asked', kind: 'askedAudit', commandId: 'audit-old' },
      ...{ askedAt: now() },
    });
    clock.advance(24 * 3_600_000);
    await world.say(ALEX, 'run audit');
    expect((await audits()).map(({ id }) => id)).not.toContain('audit-old');
  });

  it('tells nobody of the old one who comes when its end is being told', async () => {
    await world.say(ALEX, 'run audit');
    const id = (await audits())[0]?.id ?? '';
    const { store } = world.cases;
    const audience = await store.read('refs', `audience-${id}`, `audience-${id}`);
    await store.replace('refs', { ...audience?.doc, isClosed: true } as never, audience?.etag ?? '');
    expect(await joinAudience(store, id, IRIS, now())).toBe(false);
    expect(textIn(await world.say(IRIS, 'run audit'))).toContain('ending at this moment');
  });

  it('that fails says why', async () => {
    await world.say(ALEX, 'run audit');
    const { auditGraph } = world.cases.doors;
    Object.assign(auditGraph, {
      licensedPeople: () => {
        throw graphFailure('forbidden');
      },
    });
    await world.cases.work();
    expect(cardsOf(ALEX)).toEqual([expect.stringContaining('The audit has failed')]);
  });

  it('goes on although Teams takes no card', async () => {
    await world.say(ALEX, 'run audit');
    const refused = Array.from({ length: 20 }, () => ({ status: 403, body: {} }));
    world.connector.script(/^POST/u, ...refused);
    await world.cases.work();
    expect(await audits()).toMatchObject([{ state: 'done' }]);
  });

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an executive', CHIARA],
    ['an employee', STRANGER],
  ])('by %s is an unknown request', async (_who, by) => {
    const { sent, isUnchanged } = await world.say(by, 'run audit');
    expect(sent).toContain('I did not understand that');
    expect(isUnchanged).toBe(true);
  });
});
