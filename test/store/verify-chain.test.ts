import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HistoryEvent, HistorySide } from '../../src/store/history.js';
import { eventHash } from '../../src/store/history.js';
import { verifyChain } from '../../src/store/verify-chain.js';
import type { Chain } from '../world/chain.js';
import { aChain } from '../world/chain.js';

const verify = ({ events, sides }: Pick<Chain, 'events' | 'sides'>, { seq, head }: Chain) =>
  verifyChain('case-1', events, sides, { current: { seq, head } });

describe('verifying a chain', () => {
  test('a chain as written has no faults', () => {
    const chain = aChain(4);
    expect(verify(chain, chain)).toEqual({
      caseId: 'case-1',
      seq: 4,
      head: chain.head,
      erased: [],
      faults: [],
    });
    expect(verify(aChain(0), aChain(0)).faults).toEqual([]);
  });

  test('erased details are reported and break nothing', () => {
    const chain = aChain(3);
    const report = verify({ events: chain.events, sides: chain.sides.slice(1, 2) }, chain);
    expect(report).toMatchObject({ erased: [0, 2], faults: [] });
  });

  test('a changed event is found, also when its own hash was made to fit', () => {
    const chain = aChain(3);
    const forge = (change: (event: HistoryEvent) => HistoryEvent): readonly HistoryEvent[] =>
      chain.events.map((event) => (event.seq === 1 ? change(event) : event));
    const plain = forge((event) => ({ ...event, type: 'kept' }));
    const rehashed = forge((event) => ({
      ...event,
      type: 'kept',
      hash: eventHash({ ...event, type: 'kept' }),
    }));

    expect(verify({ ...chain, events: plain }, chain).faults).toEqual([
      { kind: 'changed', seq: 1, id: 'evt-000001' },
    ]);
    expect(verify({ ...chain, events: rehashed }, chain).faults).toEqual([
      { kind: 'wrongPrevious', seq: 2, id: 'evt-000002' },
    ]);
  });

  test('a chain rewritten to its end is found by a head that was exported before', () => {
    const chain = aChain(3);
    const other = aChain(3, { details: { name: 'Somebody else' } });
    const current = { seq: other.seq, head: other.head };
    const at2 = { seq: 2, head: chain.events[1]?.hash ?? '' };

    expect(verifyChain('case-1', other.events, other.sides, { current }).faults).toEqual([]);
    expect(verifyChain('case-1', other.events, other.sides, { current, exported: [at2] }).faults).toEqual([
      { kind: 'wrongHead', seq: 2 },
    ]);
    expect(verifyChain('case-1', chain.events, chain.sides, { exported: [at2] }).faults).toEqual([]);
  });

  test('a chain that was cut is found by the case document and by an exported head', () => {
    const chain = aChain(3);
    const cut = { events: chain.events.slice(0, 2), sides: chain.sides.slice(0, 2) };
    const exported = [{ seq: 3, head: chain.head }];

    expect(verify(cut, chain).faults).toEqual([{ kind: 'truncated', seq: 3 }]);
    expect(verifyChain('case-1', cut.events, cut.sides, { exported }).faults).toEqual([
      { kind: 'truncated', seq: 3 },
    ]);
  });

  test('a case without its document is reported', () => {
    const { events, sides } = aChain(2);
    expect(verifyChain('case-1', events, sides, { current: 'caseMissing' }).faults).toEqual([
      { kind: 'caseMissing', seq: 2 },
    ]);
  });

  test('details that were changed, doubled or belong to no event are found', () => {
    const chain = aChain(2);
    const [first, second] = chain.sides as [HistorySide, HistorySide];
    const changed = { ...first, details: { name: 'Eve' } };
    const stray = { ...first, id: 'side-000009', seq: 9 };

    expect(verify({ ...chain, sides: [changed, second] }, chain).faults).toEqual([
      { kind: 'detailsChanged', seq: 0, id: 'side-000000' },
    ]);
    expect(verify({ ...chain, sides: [first, second, stray] }, chain).faults).toEqual([
      { kind: 'strayDetails', seq: 9, id: 'side-000009' },
    ]);
    expect(verify({ ...chain, sides: [first, second, second] }, chain).faults).toEqual([
      { kind: 'strayDetails', seq: 1, id: 'side-000001' },
    ]);
  });

  test('any one change to an event is found: its properties, its place, its presence', () => {
    const chain = aChain(6);
    fc.assert(
      fc.property(mutation(chain.events), (events) => {
        fc.pre(JSON.stringify(events) !== JSON.stringify(chain.events));
        expect(verify({ ...chain, events }, chain).faults).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('any one change to details is found, unless they are erased', () => {
    const chain = aChain(6);
    fc.assert(
      fc.property(changedProperty(chain.sides), (sides) => {
        fc.pre(JSON.stringify(sides) !== JSON.stringify(chain.sides));
        expect(verify({ ...chain, sides }, chain).faults).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('erasing any of the details leaves the chain valid', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 12 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (length, kept) => {
          const chain = aChain(length);
          const report = verify({ ...chain, sides: chain.sides.filter((_, n) => kept[n]) }, chain);
          expect(report.faults).toEqual([]);
          expect(report.erased).toHaveLength(chain.sides.filter((_, n) => kept[n] !== true).length);
        },
      ),
    );
  });
});

const place = <T>(list: readonly T[]) => fc.nat({ max: list.length - 1 });

/** One document with one property changed, added or taken away. */
function changedProperty<T extends object>(docs: readonly T[]): fc.Arbitrary<readonly T[]> {
  const names = [...Object.keys(docs[0] ?? {}), 'added'];
  return fc
    .tuple(place(docs), fc.constantFrom(...names), fc.option(fc.jsonValue()))
    .map(([at, name, value]) =>
      docs.map((doc, n) => {
        if (n !== at) return doc;
        const { [name]: _gone, ...rest } = doc as Readonly<Record<string, unknown>>;
        return (value === null ? rest : { ...rest, [name]: value }) as T;
      }),
    );
}

function mutation(events: readonly HistoryEvent[]): fc.Arbitrary<readonly HistoryEvent[]> {
  const removed = place(events).map((at) => events.filter((_, n) => n !== at));
  const doubled = fc.tuple(place(events), place(events)).map(([from, to]) => {
    const event = events[from];
    return event === undefined ? events : events.toSpliced(to, 0, event);
  });
  const exchanged = fc
    .tuple(place(events), place(events))
    .map(([a, b]) => events.map((event, n) => (n === a ? events[b] : n === b ? events[a] : event) ?? event));
  const cut = place(events).map((length) => events.slice(0, length));
  return fc.oneof(changedProperty(events), removed, doubled, exchanged, cut);
}
