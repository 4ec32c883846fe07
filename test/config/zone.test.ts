import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IANAZone } from 'luxon';
import { zoneNamed } from '../../src/config/zone.js';

const HOUR = 3_600_000;
const ZONES = ['Etc/UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const FROM = Date.UTC(2005, 0, 1);
const TO = Date.UTC(2035, 0, 1);

describe('a zone that remembers', () => {
  it('is as far ahead of UTC as the runtime says, at any time', () => {
    const moments = fc.integer({ min: FROM, max: TO });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.array(moments, { minLength: 1 }), (name, times) => {
        const plain = IANAZone.create(name);
        for (const at of times) expect(zoneNamed(name).offset(at)).toBe(plain.offset(at));
      }),
    );
  });

  it.each([
    // Clocks of Newfoundland were put back a minute after midnight then, at 02:31 UTC.
    ['America/St_Johns', '2010-11-07T02:30:59Z', -150, '2010-11-07T02:31:00Z', -210],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 60, '2026-03-29T01:00:00Z', 120],
    ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', 660, '2026-04-04T15:00:00Z', 630],
  ])('knows to the second when clocks change in %s', (name, before, was, after, is) => {
    const zone = zoneNamed(name);
    expect([zone.offset(Date.parse(before)), zone.offset(Date.parse(after))]).toEqual([was, is]);
    // A second look at the same day.
    expect([zone.offset(Date.parse(before)), zone.offset(Date.parse(after))]).toEqual([was, is]);
  });

  it('names itself by the season', () => {
    const zone = zoneNamed('Europe/Berlin');
    const change = Date.parse('2026-10-25T01:00:00Z');
    const names = [-24 * HOUR, -1, 0, 24 * HOUR].map((ms) => zone.shortName(change + ms));
    expect(names).toEqual(['CEST', 'CEST', 'CET', 'CET']);
  });

  it('is not valid when there is no such zone', () => {
    expect(zoneNamed('Europe/Atlantis').isValid).toBe(false);
  });
});
