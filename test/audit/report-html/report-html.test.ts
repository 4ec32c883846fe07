import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DoneAudit } from '../../../src/audit/audit-result.js';
import type { Finding } from '../../../src/audit/finding.js';
import { pageData } from '../../../src/audit/report-html/report-html.js';
import type { PageRow } from '../../../src/audit/report-html/data.js';
import { escapeHtml, scriptJson } from '../../../src/audit/report-html/escape.js';
import { inSortOrder, matches, rowText, searchable } from '../../../src/audit/report-html/rows.js';
import { aFinding, aLicenseFinding, GRACE } from '../../cases/a-finding.js';
import { graphWorld } from '../../world/graph-world.js';
import { day } from '../../world/people.js';
import { GOLDEN_PEOPLE, GOLDEN_POLICY, TRAPS } from '../golden-tenant.js';
import { anAudit, executive, HOSTILE, pageOf, personToAsk, SOURCES } from './report-world.js';
import { auditOnce } from '../../world/audit-once.js';

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...HOSTILE));

/** What the page's program is given, as it stands in the page. */
function dataIn(html: string): ReturnType<typeof pageData> {
  const [, json = ''] =
    /<script type="application\/json" id="data-json">([\s\S]*?)<\/script>/.exec(html) ?? [];
  return JSON.parse(json) as ReturnType<typeof pageData>;
}

function table(result: DoneAudit, id: string) {
  const found = pageData(result).tables.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no table ${id}`);
  return found;
}

describe('text of others in the report', () => {
  test('of any kind stays text in HTML', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped).not.toContain('\u0000');
        const back = escaped
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&amp;', '&');
        expect(back).toBe(text.replaceAll('\u0000', '\uFFFD').replaceAll(/\p{Cs}/gu, '\uFFFD'));
      }),
    );
  });

  test('of any kind survives as JSON and cannot end the script that it stands in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = scriptJson({ [text]: [text] });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }),
    );
  });

  test('of any kind gives a page with the same elements, and comes out of it as it went in', () => {
    const elements = (html: string): number => html.split('<').length;
    const pageWith = (name: string): string => {
      const person = aFinding('x', {
        is: { displayName: name, department: name, upn: `${name}@harbor.example` },
      });
      return pageOf(anAudit(0, { findings: [person] }));
    };
    const expected = elements(pageWith('Ann'));
    fc.assert(
      fc.property(anyText, (name) => {
        const html = pageWith(name);
        expect(elements(html)).toBe(expected);
        expect(dataIn(html).tables[0]?.rows[0]?.c[0]).toEqual(expect.arrayContaining([name]));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the report', () => {
  test('adds up: bands, reasons and departments each hold everybody once', () => {
    const { facets, tables } = pageData(anAudit(330));
    const [people] = tables;
    for (const [at, { values }] of facets.slice(0, 3).entries()) {
      const counts = values.map(
        (_, place) => people?.rows.filter(({ f }) => f?.[at]?.includes(place)).length ?? 0,
      );
      expect(counts.every((count) => count > 0)).toBe(true);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(330);
    }
    const foot = tables.find(({ id }) => id === 'licenses')?.foot ?? [];
    const [bought, free, assigned, active, unknown, other, idle, kept, reclaimable] = foot
      .slice(2, 11)
      .map(Number);
    expect(bought).toBe((free ?? 0) + (assigned ?? 0));
    expect(assigned).toBe((active ?? 0) + (unknown ?? 0) + (other ?? 0) + (idle ?? 0));
    expect(idle).toBe((kept ?? 0) + (reclaimable ?? 0));
  });

  test('finds people by a service that they hold and do not use, and not by one that they use', () => {
    const idle = { kind: 'neverUsed' } as const;
    const used = { kind: 'active', lastUse: day('2026-11-20') } as const;
    const mail = aLicenseFinding('E3', { verdict: used, parts: [{ part: 'exchange', verdict: used }] });
    const noTeams = aLicenseFinding('E3', {
      verdict: used,
      parts: [
        { part: 'teams', verdict: idle },
        { part: 'exchange', verdict: used },
      ],
    });
    const noVisio = aLicenseFinding('VISIO', { verdict: idle, parts: [{ part: 'visio', verdict: idle }] });
    const findings = [[mail], [noTeams, noVisio], [noVisio]].map((licenses, at) => ({
      ...personToAsk(at),
      licenses,
    }));
    const { facets, tables } = pageData(anAudit(0, { findings }));
    const at = facets.findIndex(({ id }) => id === 'service');
    expect(facets[at]?.values).toEqual(['Teams', 'Visio']);
    const places = tables[0]?.rows.map(({ f }) => f?.[at]) ?? [];
    expect(new Set(places.map(String))).toEqual(new Set(['', '0,1', '1']));
  });

  test('lists of an active person only what is unused, with its price and for how long', () => {
    const finding = personToAsk(3);
    expect(finding.scenario).toBe('unusedLicense');
    const { columns, rows } = table(anAudit(0, { findings: [finding] }), 'people');
    const row = Object.fromEntries(columns.map(({ label }, at) => [label, rows[0]?.c[at]]));
    expect(row).toMatchObject({
      Why: 'Active, license unused',
      'Days unused': [1_000_000, 'never used'],
      'Unused licenses': ['Visio Plan 2'],
      'Per year': [180, '€180'],
    });
  });

  test('says where the usage reports end that somebody may have been idle for longer', () => {
    const idle = (name: string, days: number): Finding =>
      aFinding(name, {
        verdict: { kind: 'inactive', days, lastUse: day('2025-12-03') },
        licenses: [aLicenseFinding('E3', { verdict: { kind: 'inactive', days, lastUse: undefined } })],
      });
    const { columns, rows } = table(anAudit(0, { findings: [idle('Ann', 180), idle('Bob', 179)] }), 'people');
    const at = columns.findIndex(({ label }) => label === 'Days unused');
    expect(rows.map(({ c }) => c[at])).toEqual([
      [180, '180+'],
      [179, '179'],
    ]);
  });

  test('says where no price is entered, what the data is, and what is missing', () => {
    const html = pageOf({ ...anAudit(5, { sources: SOURCES }) }, GOLDEN_POLICY);
    expect(html).toContain('two to three days late');
    expect(html).toContain('Sites.Read.All is not granted. Grant it, or leave sites out.');
    expect(html).toContain('no use for 90 days');
    expect(html).toContain('<td class="state-off">never imported</td>');
    expect(html).not.toMatch(/left out by the policy|daysInactive/);
    const free = anAudit(0, { findings: [aFinding('Ann', { licenses: [], annualCost: undefined })] });
    expect(pageOf(free)).toContain('<b>price not entered</b>');
    expect(pageOf(anAudit(0, { findings: [] }))).toContain('Every license that could be judged is in use.');
  });

  test('names nothing on the network but the name of SVG', () => {
    const html = pageOf(anAudit(3));
    expect(html.match(/(?:https?:)?\/\/[\w.-]+/g)).toEqual(['http://www.w3.org']);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/unsafe-inline|unsafe-eval|\son[a-z]+="/);
  });
});

describe('executives', () => {
  const rest: readonly Finding[] = Array.from({ length: 12 }, (_, at) => personToAsk(at));

  test('cannot be told from the page: another one in their place gives the same page', () => {
    const pages = ['Eleanor Chief', 'Gerd Vorstand'].map((name) =>
      pageOf(anAudit(0, { findings: [...rest, executive(name)] })),
    );
    expect(pages[0]).toBe(pages[1]);
    expect(pages[0]).not.toContain('Chief');
  });

  test('are not named as somebody’s manager or sponsor either, and neither is anybody else', () => {
    const chief = executive('Eleanor Chief');
    const { id, displayName, userPrincipalName } = chief.person;
    const below = aFinding('Below', { manager: { ...GRACE, id, displayName, userPrincipalName } });
    const guest = aFinding('Guest', {
      is: { kind: 'guest' },
      sponsors: [{ id, displayName, mail: userPrincipalName }],
    });
    const html = pageOf(anAudit(0, { findings: [below, guest, chief, aFinding('Below Grace')] }));
    expect(html).not.toContain(displayName);
    expect(html).not.toContain(userPrincipalName);
    expect(html).not.toContain(GRACE.displayName);
  });

  test('of the golden tenant are nowhere in it', async () => {
    const result = await auditOnce(graphWorld(GOLDEN_PEOPLE), GOLDEN_POLICY);
    if (result.kind !== 'done') throw new Error('The audit was stopped.');
    const html = pageOf(result, GOLDEN_POLICY);
    const people = TRAPS.filter(({ expected }) => expected !== 'not audited' && expected.list === 'hr');
    expect(people.length).toBeGreaterThan(5);
    for (const { who } of people) {
      const { id, userPrincipalName, displayName, jobTitle } = who.person;
      for (const secret of [id, userPrincipalName, `"${displayName}"`, ...(jobTitle ? [jobTitle] : [])]) {
        expect(html.includes(secret)).toBe(false);
      }
    }
    expect(html).not.toMatch(/\bexecutive|onLeave|on leave/i);
    expect(html).toContain('dana@harbor.example');
  });
});

describe('the lists of the report', () => {
  const rowsOf = (...cells: PageRow['c'][number][]): PageRow[] => cells.map((cell) => ({ c: [cell] }));

  test('are sorted by number or by name, with what is not known last either way', () => {
    const costs = rowsOf([20, '$20'], [null, 'price not entered'], [100, '$100'], [3, '$3']);
    const order = (downward: boolean) =>
      inSortOrder(costs, 0, 'ranked', downward).map(({ c }) => (c[0] as string[])[1]);
    expect(order(false)).toEqual(['$3', '$20', '$100', 'price not entered']);
    expect(order(true)).toEqual(['$100', '$20', '$3', 'price not entered']);
    const names = inSortOrder(rowsOf('Zoe', 'émile', '', 'Ann 10', 'Ann 9'), 0, 'text', false);
    expect(names.map(({ c }) => c[0])).toEqual(['Ann 9', 'Ann 10', 'émile', 'Zoe', '']);
  });

  test('are searched by words in any order, and filtered by every chosen value', () => {
    const row: PageRow = { c: [['Émile Ekström', 'emile@harbor.example'], 'Sales'], f: [[1], [0, 2]] };
    const wanted = (text: string, ...filters: (number | undefined)[]) =>
      matches(row, rowText(row), { words: text.split(' ').map(searchable), filters });
    expect(wanted('ekstrom SALES')).toBe(true);
    expect(wanted('ekstrom legal')).toBe(false);
    expect(wanted('', 1, 2)).toBe(true);
    expect(wanted('', 1, 1)).toBe(false);
    expect(wanted('', undefined, 0)).toBe(true);
    expect(matches(row, rowText(row), { words: [], filters: [1, 1] }, 1)).toBe(true);
  });
});
