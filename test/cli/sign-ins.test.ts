import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/server.js';
import type { Ended } from '../world/try-out-process.js';
import { aFolder, steward } from './at-the-terminal.js';

jest.setTimeout(60_000);

const folder = aFolder();
let tenant: Simulator;

function aTenant(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  return startSimulator({ seed: 7, people: 100, now: () => new Date(), ...options });
}

beforeAll(async () => {
  writeFileSync(folder.at('policy.yaml'), 'mode: observe\n');
  tenant = await aTenant({ throttling: 'off' });
});
afterAll(async () => {
  await tenant.close();
  folder.remove();
});

function signIns(args: readonly string[], url = tenant.url, more = {}): Promise<Ended> {
  return steward(['sign-ins', ...args], {
    DATA_DIR: folder.at('data'),
    POLICY_FILE: folder.at('policy.yaml'),
    GRAPH_BASE_URL: url,
    ...more,
  });
}

describe('sign-ins', () => {
  it('shows whoever comes every day by a part of the name, and what the log cannot tell', async () => {
    const { code, out, err } = await signIns([...NAMED.itManager.name.split(' ')]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Robin Hale (robin.hale@harborlight.example), sign-ins of the last 30 days');
    expect(out).toMatch(/^(29|30) entries: \1 successes, 0 failures\.$/m);
    expect(out).toContain('An empty log proves nothing beyond that');
  });

  it('shows the guesses of an attacker as failures, for as many days as asked', async () => {
    const { out } = await signIns([NAMED.failedSignInsOnly.userPrincipalName, '--days', '2']);
    // Three a day; at some hours the log does not have those of today yet, and those of two days ago are too old.
    expect(out).toMatch(/^([3-6]) entries: 0 successes, \1 failures\.$/m);
    expect(out).toMatch(
      /failure 50126 +Office 365 Exchange Online +Authenticated SMTP +yes +[A-Z]{2} +Invalid/,
    );
  });

  it('shows more of them when more days are asked for', async () => {
    const { out } = await signIns([NAMED.failedSignInsOnly.userPrincipalName, '--days', '10']);
    expect(out).toMatch(/^(2[5-9]|30) entries: 0 successes, \1 failures\.$/m);
  });

  it('of somebody idle is empty, and that is no failure', async () => {
    const { code, out } = await signIns([NAMED.plainInactive.id]);
    expect([code, out]).toEqual([0, expect.stringContaining('\nThe log has none.\n')]);
  });

  it('of nobody says what to give instead', async () => {
    const { code, out, err } = await signIns(['nobody.such@harborlight.example']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(
      'Nobody in the directory is called "nobody.such@harborlight.example". Give the whole',
    );
  });

  it.each(['0', '31', '2.5', 'week', '-1'])('does not take %s days', async (days) => {
    const { code, err } = await signIns(['dana', `--days=${days}`]);
    expect([code, err]).toEqual([2, expect.stringContaining('give a whole number from 1 to 30.\nUsage:')]);
  });

  it('without the permission names it', async () => {
    const refusing = await aTenant({ permissions: ['User.Read.All'] });
    const { code, out, err } = await signIns([NAMED.itManager.id], refusing.url);
    await refusing.close();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(
      /refused to read one person's sign-in log .+ permission AuditLog\.Read\.All, with admin/,
    );
  });

  it('without Entra P1 says where to look instead', async () => {
    const plain = await aTenant({ premium: false });
    const { code, err } = await signIns([NAMED.itManager.id], plain.url);
    await plain.close();
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/no Entra ID P1 or P2\. Look at the last 7 days in/),
    ]);
  });

  it('leaves no name or address in the log, even at its most talkative', async () => {
    const { code, err } = await signIns([NAMED.failedSignInsOnly.name], tenant.url, { LOG_LEVEL: 'debug' });
    expect(code).toBe(0);
    expect(err).toContain('auditLogs.signIns.list');
    expect(err).not.toMatch(/Fontaine|andre|harborlight/i);
  });
});
