import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../src/audit/person.js';
import { openWhileTyping, type WhileTyping } from '../../src/graph/while-typing.js';
import { aPerson, type PersonSpec } from '../world/people.js';

const NOW = Date.parse('2026-11-23T08:00:00.000Z');

interface Typing {
  /** The names of whom is found. */
  readonly names: (text: string) => Promise<readonly string[] | 'busy'>;
  readonly whileTyping: WhileTyping;
  /** What Graph was asked. */
  readonly asked: string[];
  /** Requests wait for it. */
  slow: Promise<void> | undefined;
  fails: boolean;
  advance(ms: number): void;
}

function typing(people: readonly Person[]): Typing {
  let now = NOW;
  const world: Typing = {
    whileTyping: openWhileTyping({
      graph: {
        findPeople: async (text, limit) => {
          world.asked.push(text);
          await world.slow;
          if (world.fails) throw new Error('Graph is not there.');
          const fits = ({ displayName, userPrincipalName, mail }: Person): boolean =>
            [displayName, displayName.split(' ').at(-1) ?? '', userPrincipalName, mail ?? ''].some((key) =>
              key.toLowerCase().startsWith(text.toLowerCase()),
            );
          return people.filter(fits).slice(0, limit);
        },
      },
      clock: { now: () => new Date(now) },
    }),
    names: async (text) => {
      const found = await world.whileTyping(text);
      return found === 'busy' ? found : found.map(({ displayName }) => displayName);
    },
    asked: [],
    slow: undefined,
    fails: false,
    advance: (ms) => void (now += ms),
  };
  return world;
}

function named(name: string, spec: PersonSpec = {}): Person {
  return aPerson(name, spec).person;
}

const PEOPLE = [
  named('Anna Schmidt'),
  named('Anton Schulz'),
  named('Berta Schmidt'),
  named('Cora Ångström'),
  named("Dana O'Hara"),
  named('Emil Schmidt', { enabled: false }),
  named('Frida Schmidt', { kind: 'guest' }),
];

describe('People who are found while a name is typed', () => {
  it('are found by name, surname and address, whatever the case, and sorted by name', async () => {
    const { names } = typing(PEOPLE);
    expect(await names('ANNA')).toEqual(['Anna Schmidt']);
    expect(await names('schmidt')).toEqual(['Anna Schmidt', 'Berta Schmidt']);
    expect(await names('berta.schmidt@')).toEqual(['Berta Schmidt']);
    expect(await names('nobody')).toEqual([]);
  });

  it('are neither guests nor disabled, and nothing of them is kept but what every employee sees', async () => {
    const { whileTyping } = typing(PEOPLE);
    const found = await whileTyping('Schmidt');
    expect(found).not.toBe('busy');
    for (const person of found as readonly object[])
      expect(Object.keys(person).toSorted()).toEqual(['displayName', 'id', 'mail', 'userPrincipalName']);
  });

  it('are read once for a name that is typed letter by letter', async () => {
    const world = typing(PEOPLE);
    expect(await world.names('an')).toEqual(['Anna Schmidt', 'Anton Schulz']);
    expect(await world.names('ann')).toEqual(['Anna Schmidt']);
    expect(await world.names('anna sch')).toEqual(['Anna Schmidt']);
    expect(await world.names('anx')).toEqual([]);
    expect(await world.names('an')).toEqual(['Anna Schmidt', 'Anton Schulz']);
    expect(world.asked).toEqual(['an']);
  });

  it.each([
    ['ånG', ['Cora Ångström']],
    ["dana o'h", ["Dana O'Hara"]],
    ['dana  o', ["Dana O'Hara"]],
    ["o'ha", ["Dana O'Hara"]],
  ])('are not lost between two letters of %s', async (text, expected) => {
    const { names } = typing(PEOPLE);
    for (let length = 2; length <= text.length; length += 1)
      expect(await names(text.slice(0, length))).toEqual(expect.arrayContaining(expected));
  });

  it('are not lost between two letters of a surname that is not in the name but in the address', async () => {
    const bob = named('Bob', { upn: 'bob.smith@harbor.example' });
    const clock = { now: () => new Date(NOW) };
    const whileTyping = openWhileTyping({ graph: { findPeople: () => Promise.resolve([bob]) }, clock });
    for (const text of ['sm', 'smi', 'smith']) expect(await whileTyping(text)).toHaveLength(1);
  });

  it('are asked for as they were typed: not every capital letter has a small one that Graph takes for the same', async () => {
    const world = typing([named('İsmail Demir')]);
    expect(await world.names('İs')).toEqual(['İsmail Demir']);
    expect(await world.names(' İSM')).toEqual(['İsmail Demir']);
    expect(world.asked).toEqual(['İs']);
  });

  it('are asked for anew where more fitted than one answer has', async () => {
    const many = Array.from({ length: 60 }, (_, n) => named(`Ann Number${n}`));
    const world = typing([...many, named('Anna Last')]);
    expect(await world.names('ann')).toHaveLength(50);
    expect(await world.names('anna')).toEqual(['Anna Last']);
    expect(world.asked).toEqual(['ann', 'anna']);
  });

  it('are asked for anew after a minute, also by a clock that was put back', async () => {
    const world = typing(PEOPLE);
    await world.names('anna');
    world.advance(59_999);
    await world.names('anna');
    expect(world.asked).toHaveLength(1);
    world.advance(1);
    await world.names('anna');
    world.advance(-3_600_000);
    await world.names('anna');
    expect(world.asked).toHaveLength(3);
  });

  it('cost Graph four requests at once at most, and one for those who type the same', async () => {
    const world = typing(PEOPLE);
    let go = (): void => {};
    world.slow = new Promise((resolve) => (go = resolve));
    const first = ['an', 'an', 'be', 'co', 'da'].map((text) => world.names(text));
    expect(await world.names('em')).toBe('busy');
    expect(world.asked).toEqual(['an', 'be', 'co', 'da']);
    go();
    expect(await Promise.all(first)).toContainEqual(['Berta Schmidt']);
    world.slow = undefined;
    expect(await world.names('em')).toEqual([]);
  });

  it('are asked for anew after a failure, which frees its place', async () => {
    const world = typing(PEOPLE);
    world.fails = true;
    for (let n = 0; n < 6; n += 1) await expect(world.names('anna')).rejects.toThrow('Graph is not there.');
    world.fails = false;
    expect(await world.names('anna')).toEqual(['Anna Schmidt']);
  });

  it('do not fill the memory, whatever is typed', async () => {
    const world = typing([]);
    const texts = Array.from({ length: 201 }, (_, n) => `x${n}x`);
    for (const text of texts) await world.names(text);
    await world.names('x0x');
    await world.names('x200x');
    expect(world.asked.slice(201)).toEqual(['x0x']);
  });
});
