import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../../src/audit/day.js';
import type { AdminRequest } from '../../../src/chat/admin/request.js';
import { parse } from '../../../src/chat/parse.js';

function wanted(text: string): AdminRequest | undefined {
  const request = parse(text);
  return request.kind === 'admin' ? request.wants : undefined;
}

const PAUSE = { do: 'switch', to: 'paused', reason: undefined } as const;
const RESUME = { do: 'switch', to: 'running', reason: undefined } as const;
const STOP = { do: 'switch', to: 'stopped', reason: undefined } as const;

describe('What admins write', () => {
  it.each<[string, AdminRequest]>([
    ['pause', PAUSE],
    ['Please PAUSE the campaign now!', PAUSE],
    [
      'pause because of **the** holidays, until Monday.',
      { ...PAUSE, reason: 'of **the** holidays, until Monday.' },
    ],
    [`pause because ${'x'.repeat(900)}`, { ...PAUSE, reason: 'x'.repeat(500) }],
    ['resume', RESUME],
    ['stop the campaign', STOP],
    ['<at>License Steward</at> stop', STOP],
    ['please run the audit now', { do: 'audit' }],
    ['campaign status', { do: 'status' }],
    ['status', { do: 'status' }],
    ['show me the status, please', { do: 'status' }],
    ['Status der Kampagne', { do: 'status' }],
    ['Wie ist der Status der Kampagne?', { do: 'status' }],
    ['Wie steht die Kampagne?', { do: 'status' }],
    ['Wie steht es um die Kampagne?', { do: 'status' }],
    ['wie läuft die Kampagne', { do: 'status' }],
    ['Zeig mir bitte den Kampagnenstatus', { do: 'status' }],
    ['Stand der Kampagne', { do: 'status' }],
    ['history of the campaign', { do: 'deeds' }],
    ['campaign history', { do: 'deeds' }],
    [
      'protect Ada Lovelace because she is away',
      { do: 'protect', how: 'protect', who: 'Ada Lovelace', reason: 'she is away', until: undefined },
    ],
    [
      'protect ada@harbor.example because of a project until 31 January 2027',
      {
        ...{ do: 'protect', how: 'protect', who: 'ada@harbor.example', until: '2027-01-31' },
        reason: 'of a project until 31 January 2027',
      },
    ],
    [
      'Please protect Ada until 31.1.2027 because: works council, agreed until further notice.',
      {
        ...{ do: 'protect', how: 'protect', who: 'Ada', until: '2027-01-31' },
        reason: 'works council, agreed until further notice.',
      },
    ],
    [
      'exempt "Ada" until Jan 31st, 2027 because she asked',
      { do: 'protect', how: 'exempt', who: 'Ada', reason: 'she asked', until: '2027-01-31' },
    ],
    ['exempt Ada because she asked', { do: 'protectUnclear' }],
    ['protect', { do: 'protectUnclear' }],
    ['unprotect Ada Lovelace', { do: 'unprotect', who: 'Ada Lovelace' }],
    ['unexempt Ada', { do: 'unprotect', who: 'Ada' }],
    ['protections', { do: 'protections' }],
    ['review', { do: 'review', who: undefined, reason: undefined }],
    ['release all decisions', { do: 'review', who: undefined, reason: undefined }],
    ['release Ada Lovelace', { do: 'review', who: 'Ada Lovelace', reason: undefined }],
    ['veto Ada because she is back', { do: 'review', who: 'Ada', reason: 'she is back' }],
    ['approve the plan', { do: 'plan' }],
    ['show me the license position', { do: 'position', as: 'card' }],
    ['export position', { do: 'position', as: 'file' }],
    ['Please export the license position', { do: 'position', as: 'file' }],
    ['position as csv', { do: 'position', as: 'file' }],
    ['savings', { do: 'savings', as: 'card' }],
    ['What have we saved so far?', { do: 'savings', as: 'card' }],
    ['export the savings', { do: 'savings', as: 'file' }],
    ['import roster', { do: 'importRoster', asOf: undefined }],
    [
      'Please import the attached roster as of 20.11.2026',
      { do: 'importRoster', asOf: dayOf(new Date('2026-11-20')) },
    ],
    ['import roster as of yesterday', { do: 'rosterUnclear' }],
    ['what did the admins do?', { do: 'deeds' }],
  ])('such as %j is understood', (text, request) => {
    expect(wanted(text)).toEqual(request);
  });

  it.each([
    'stop asking Ada',
    'pause Ada',
    'do not stop',
    'stopp',
    'campaign status because I want to know',
    'Status der Kampagne von Ada',
    'die Kampagne nicht anhalten',
    'stop die Kampagne nicht',
    'constructor',
    'who is protected',
    'how do I protect Ada',
    'never protect Ada because of me',
    'run audit of Ada',
    'import roster of Ada',
    'import Ada as of 2026-11-20',
    'do not import roster',
    `pause because ${'x'.repeat(5_000)}`,
  ])('such as %j is no order', (text) => {
    expect(wanted(text)).toBeUndefined();
  });

  it('is to everybody else what it would be if no admin could ask for it', () => {
    const request = parse('campaign status');
    expect(request.kind === 'admin' && request.otherwise).toEqual({
      kind: 'case',
      who: 'campaign',
      perhaps: 'campaign status',
    });
  });
});
