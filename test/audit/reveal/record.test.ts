import { describe, expect, it } from '@jest/globals';
import { showsNames } from '../../../src/audit/reveal/look.js';
import {
  liveHolders,
  minutesOpen,
  standOf,
  withHolder,
  withoutHolder,
  type NamesShown,
} from '../../../src/audit/reveal/record.js';
import { settingsWords } from '../../../src/audit/reveal/words.js';
import type { Instant } from '../../../src/cases/case.js';
import { pieces, usageText } from '../../world/usage-report-text.js';

const at = (time: string): Instant => `2026-11-23T${time}.000Z` as Instant;

function names(more: Partial<NamesShown> = {}): NamesShown {
  return {
    id: 'names-shown',
    kind: 'settings',
    caseId: 'tenant-settings',
    state: 'shown',
    startedAt: at('09:00:00'),
    confirmed: true,
    holders: [{ id: 'one', until: at('09:03:00') }],
    row: 'row-1',
    seq: 0,
    head: '',
    ...more,
  };
}

describe('who may do what with names in reports', () => {
  it.each([
    ['nothing of ours is under way', undefined, { is: 'over' }],
    ['they are concealed again', names({ state: 'concealed', holders: [] }), { is: 'over' }],
    ['somebody reads', names(), { is: 'open' }],
    ['somebody is about to show them', names({ state: 'intended' }), { is: 'busy', until: at('09:03:00') }],
    [
      'somebody is about to conceal them',
      names({ state: 'concealing' }),
      { is: 'busy', until: at('09:03:00') },
    ],
  ])('when %s', (_when, doc, stand) => {
    expect(standOf(doc, at('09:02:59'))).toEqual(stand);
  });

  it('a hold ends to the second; then what is left of it is for anybody', () => {
    for (const state of ['intended', 'shown', 'concealing'] as const)
      expect(standOf(names({ state }), at('09:03:00'))).toEqual({ is: 'abandoned', by: 'clock' });
    const free = names({ state: 'concealing', holders: [] });
    expect(standOf(free, at('09:00:00'))).toEqual({ is: 'abandoned', by: 'itself' });
  });

  it('a sign of life replaces the older one, and those who are gone are left out', () => {
    const two = withHolder(names(), { id: 'two', until: at('09:05:00') }, at('09:02:00'));
    expect(two.holders.map(({ id }) => id)).toEqual(['one', 'two']);
    const later = withHolder(two, { id: 'two', until: at('09:08:00') }, at('09:04:00'));
    expect(later.holders).toEqual([{ id: 'two', until: at('09:08:00') }]);
    expect(withoutHolder(two, 'two', at('09:02:00')).holders).toEqual([{ id: 'one', until: at('09:03:00') }]);
    expect(liveHolders(two, at('09:05:00'))).toEqual([]);
  });

  it.each([
    ['09:00:00', 1],
    ['09:00:59', 1],
    ['09:01:00', 1],
    ['09:01:01', 2],
    ['10:00:00', 60],
  ])('at %s names were shown for at most %i minutes', (time, minutes) => {
    expect(minutesOpen(names(), at(time))).toBe(minutes);
  });
});

describe('a look at the first rows of a report', () => {
  const HIDDEN = 'FE7CC8C15246EDCCA289C9A4022762F7';
  const report = (...upns: readonly string[]): string =>
    usageText(upns.map((upn) => ({ upn, refreshed: '2026-11-21' })));

  it.each([
    ['names', report('dana@harbor.example', 'robin@harbor.example'), true],
    ['concealed names', report(HIDDEN, HIDDEN), false],
    ['concealed names in small letters', report(HIDDEN.toLowerCase()), false],
    ['one concealed name among others', report('dana@harbor.example', HIDDEN), false],
    ['no row at all', report(), true],
    ['no such column', 'Report Refresh Date,Site URL\r\n2026-11-21,https://harbor.example\r\n', true],
    ['nothing', '', true],
  ])('sees %s', async (_what, text, shows) => {
    expect(await showsNames(pieces(text, 7))).toBe(shows);
  });

  it('ends the download after twenty rows', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<string> {
      yield report('dana@harbor.example');
      for (; given < 10_000; given += 1) yield '2026-11-21,robin@harbor.example\r\n';
    }
    expect(await showsNames(endless())).toBe(true);
    expect(given).toBeLessThan(30);
  });
});

describe('the history of the settings in words', () => {
  it.each([
    ['namesNoted', {}, 'About to show names in usage reports for an audit; the tenant conceals them.'],
    ['namesShown', {}, 'Names in usage reports are shown.'],
    [
      'namesConcealed',
      { by: 'audit', minutes: 1 },
      'Names in usage reports are concealed again; shown for at most 1 minute.',
    ],
    [
      'namesConcealed',
      { by: 'recovery', minutes: 7 },
      'Names in usage reports are concealed again, after an audit that did not end; shown for at most 7 minutes.',
    ],
    [
      'namesFoundConcealed',
      { minutes: 4 },
      'Names in usage reports were found concealed, as before the audit; shown for at most 4 minutes, if at all.',
    ],
    ['toString', {}, 'Unknown entry "toString".'],
  ])('%s', (type, facts, words) => {
    expect(settingsWords({ type, public: facts })).toBe(words);
  });
});
