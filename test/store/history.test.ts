import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { HistoryEvent } from '../../src/store/history.js';
import { historyOperations, NO_HEAD } from '../../src/store/history.js';
import { aChain } from '../world/chain.js';

const entry = {
  type: 'asked',
  at: '2026-03-01T08:00:00.000Z',
  actorKey: 'system',
  public: { state: 'asked' },
  private: { name: 'Ada' },
} as const;
const salt = '00112233445566778899aabbccddeeff';
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('an entry of the history', () => {
  test('is an event that names nobody and a side record with the names', () => {
    const facts = { caseId: 'case-1', seq: 17, head: 'abc', subjectKey: 'subject-7f' };
    const { operations, seq, head } = historyOperations(facts, entry, salt);

    const digest = sha(`${salt}\n{"name":"Ada"}`);
    const hash = sha(
      '{"actorKey":"system","at":"2026-03-01T08:00:00.000Z","caseId":"case-1",' +
        `"digest":"${digest}","id":"evt-000017","kind":"event","previous":"abc",` +
        '"public":{"state":"asked"},"seq":17,"subjectKey":"subject-7f","type":"asked"}',
    );
    expect(operations).toEqual([
      {
        kind: 'create',
        doc: {
          id: 'evt-000017',
          kind: 'event',
          caseId: 'case-1',
          seq: 17,
          at: '2026-03-01T08:00:00.000Z',
          type: 'asked',
          subjectKey: 'subject-7f',
          actorKey: 'system',
          public: { state: 'asked' },
          digest,
          previous: 'abc',
          hash,
        },
      },
      {
        kind: 'create',
        doc: { id: 'side-000017', kind: 'side', caseId: 'case-1', seq: 17, salt, details: { name: 'Ada' } },
      },
    ]);
    expect({ seq, head }).toEqual({ seq: 18, head: hash });
  });

  test('follows the one before it', () => {
    const { events, head, seq } = aChain(3);
    const [first, second, third] = events as [HistoryEvent, HistoryEvent, HistoryEvent];

    expect([first.previous, second.previous, third.previous]).toEqual([NO_HEAD, first.hash, second.hash]);
    expect({ seq, head }).toEqual({ seq: 3, head: third.hash });
  });

  test('has another digest with another salt, so that a name cannot be guessed from it', () => {
    const facts = { caseId: 'case-1', seq: 0, head: NO_HEAD, subjectKey: 's' };
    const digests = [salt, 'f'.repeat(32)].map((one) => historyOperations(facts, entry, one).operations[0]);
    expect(digests[0]).not.toEqual(digests[1]);
  });

  test('is refused with a salt that is too short', () => {
    const facts = { caseId: 'case-1', seq: 0, head: NO_HEAD, subjectKey: 's' };
    expect(() => historyOperations(facts, entry, 'abcd')).toThrow(TypeError);
  });
});
