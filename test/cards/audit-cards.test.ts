import { describe, expect, it } from '@jest/globals';
import { auditEndCard, auditEndHeadline } from '../../src/cards/audit-cards.js';
import type { CommandOutcome } from '../../src/cases/command.js';
import { NOW } from './a-case.js';

type Ended = Exclude<CommandOutcome, { is: 'waiting' }>;

const done = (says: string): Ended => ({ is: 'done', at: NOW, says, runId: 'run-1' });

function texts(outcome: Ended, locale: 'en' | 'de' = 'en'): readonly string[] {
  const { body } = auditEndCard(outcome, undefined, { locale }) as { body: readonly { text?: string }[] };
  return body.flatMap(({ text }) => text ?? []);
}

describe('The card of an audit that has ended', () => {
  it.each<[string, Ended, readonly string[]]>([
    [
      'opened cases',
      done('The audit is done; 12 cases were opened.'),
      ['The audit is done', '12 cases were opened.'],
    ],
    [
      'asks nobody',
      done('The audit is done. The policy observes only, so nobody is asked.'),
      ['The audit is done', 'The policy observes only, so nobody is asked.'],
    ],
    [
      'is of an old schedule',
      leftOut(),
      [
        'The audit was left out',
        'audit.schedule was changed, so this time of the old schedule was left out.',
      ],
    ],
    [
      'stopped itself',
      { is: 'stopped', at: NOW, says: 'Nobody was judged; run the audit again later.' },
      ['The audit was stopped', 'Nobody was judged; run the audit again later.'],
    ],
    [
      'failed',
      { is: 'failed', at: NOW, says: 'Microsoft Graph refused to read people.' },
      ['The audit has failed', 'Microsoft Graph refused to read people.'],
    ],
  ])('says in its title what its text says: one that %s', (_what, outcome, expected) => {
    expect(texts(outcome)).toEqual(expected);
    expect(auditEndHeadline(outcome, { locale: 'en' })).toBe(expected[0]);
  });

  it('says so in German, and nothing twice', () => {
    expect(texts(done('The audit is done. Nobody is asked: the campaign is stopped.'), 'de')).toEqual([
      'Die Prüfung ist fertig',
      'Niemand wird gefragt: Die Kampagne ist beendet.',
    ]);
    expect(texts(leftOut(), 'de')[0]).toBe('Die Prüfung wurde ausgelassen');
  });
});

function leftOut(): Ended {
  return {
    ...{ is: 'done', at: NOW },
    says: 'audit.schedule was changed, so this time of the old schedule was left out.',
  };
}
