import { describe, expect, test } from '@jest/globals';
import { greeting, type Greeting } from '../../src/cli/greeting.js';

const PLAIN: Greeting = {
  auditedAt: '2026-11-23T06:05:59.999Z',
  figures: 'Inactive   7',
  playgroundUrl: 'http://localhost:56150',
  campaign: 'running',
  people: 300,
  askedPeople: undefined,
};

describe('the greeting of the try-out', () => {
  test('tells the audit, where to go and whom the newcomer plays', () => {
    const lines = greeting(PLAIN).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      '',
      'Audit of 2026-11-23 06:05 UTC:',
      'Inactive   7',
      '',
      'Open http://localhost:56150',
      expect.stringMatching(/^You are .+, IT manager and admin of a pretended company\./),
    ]);
  });

  test('suggests no undo of somebody about whom nothing was decided yet', () => {
    const lines = greeting(PLAIN).split('\n');
    expect(lines).not.toContain('  npm run steward -- undo dana.whitfield');
    expect(lines.slice(lines.indexOf('  npm run steward -- undo NAME') - 1)[0]).toBe(
      'and once the license of somebody was taken back, with their name in the place of NAME:',
    );
  });

  test.each(['paused', 'stopped'] as const)('says in one line that the campaign is %s', (campaign) => {
    const lines = greeting({ ...PLAIN, campaign }).split('\n');
    expect(lines).toContain(
      `The campaign is ${campaign}: nobody is asked and no step is taken until npm run steward -- resume.`,
    );
    expect(lines.length).toBe(greeting(PLAIN).split('\n').length + 2);
  });

  test('says in one line that --people has no effect on a tenant that is there already', () => {
    expect(greeting({ ...PLAIN, askedPeople: 5_000 })).toContain(
      '\nThis tenant was made with 300 people, so --people 5000 has no effect: ' +
        'npm start -- --fresh --people 5000 makes a new one.\n',
    );
    expect(greeting({ ...PLAIN, askedPeople: 300 })).toBe(greeting(PLAIN));
  });
});
