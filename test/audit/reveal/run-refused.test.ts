import { afterEach, describe, expect, it } from '@jest/globals';
import type { AuditResult, DoneAudit } from '../../../src/audit/audit-result.js';
import { putBackNames } from '../../../src/audit/reveal/run-back.js';
import { NamesStop } from '../../../src/audit/reveal/run-doors.js';
import { withNamesShown } from '../../../src/audit/reveal/run-reveal.js';
import { missingSources, missingText } from '../../../src/audit/sources/state.js';
import type { Policy } from '../../../src/config/policy.js';
import type { GraphDoor } from '../../../src/graph/graph-door.js';
import { simulatedDoor } from '../../graph/simulated-door.js';
import { auditOnce } from '../../world/audit-once.js';
import { graphFailure } from '../../world/graph-world.js';
import { policyOf } from '../../world/policies.js';
import { aRevealWorld, REVEALING, type RevealWorld } from '../../world/reveal-world.js';
import { untilAborted } from '../../world/until-aborted.js';

const LEAST = [
  'User.Read.All',
  'AuditLog.Read.All',
  'Reports.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'MailboxSettings.Read',
];
const READ = 'ReportSettings.Read.All';
const CHANGE = 'ReportSettings.ReadWrite.All';
const KEEPING = policyOf('');

interface Audited {
  readonly result: AuditResult;
  /** The setting before and after, as the tenant has it. */
  readonly concealed: readonly [before: boolean, after: boolean];
  /** Changes of the setting that were tried. */
  readonly tried: number;
}

/** An audit of a simulated tenant with these permissions beside the least. */
async function audited(
  policy: Policy,
  permissions: readonly string[],
  concealNames: boolean,
): Promise<Audited> {
  const { door, clock, tenant } = await simulatedDoor({
    people: 60,
    concealNames,
    permissions: [...LEAST, ...permissions],
  });
  const result = await auditOnce(door, policy, { clock, sleep: untilAborted });
  const tried = tenant.requests.filter(({ method }) => method === 'PATCH').length;
  tenant.changePermissions({ grant: [READ] });
  return { result, concealed: [concealNames, await door.namesConcealed()], tried };
}

function done(result: AuditResult): DoneAudit {
  if (result.kind === 'stopped') throw new Error(result.why.join('\n'));
  return result;
}

function whyOf(result: AuditResult): string {
  expect(result).not.toHaveProperty('findings');
  return result.kind === 'stopped' ? result.why.join('\n') : 'was not stopped';
}

describe('an audit without the permission to look at the setting for names in reports', () => {
  it.each([
    ['under a policy that never shows names', KEEPING, READ],
    ['under one that may show them', REVEALING, CHANGE],
  ])(
    'reads reports that carry names as with it, and says by name what is missing: %s',
    async (_w, policy, needed) => {
      const with_ = done((await audited(policy, [READ, CHANGE], false)).result);
      const { result, tried } = await audited(policy, [], false);
      const without = done(result);
      expect(without.findings).toEqual(with_.findings);
      expect(without.figures).toEqual(with_.figures);
      expect(without.figures.inactive).toBeGreaterThan(3);
      expect(tried).toBe(0);

      const known = new Set(with_.sources.map(({ source }) => source));
      const missing = missingSources(without.sources).filter(({ source }) => !known.has(source));
      expect(missing.map(({ source, state }) => [source, state])).toEqual([['namesSetting', 'impossible']]);
      expect(missing.map(missingText).join()).toMatch(
        new RegExp(
          '^Setting for names in reports: not available\\. Microsoft Graph refused to read whether reports conceal names ' +
            `.*Grant the application permission ${needed.replaceAll('.', '\\.')} with admin consent`,
        ),
      );
      const news = without.caveats.filter((caveat) => !with_.caveats.includes(caveat));
      expect(news).toEqual([expect.stringContaining(`because the permission ${needed} is missing`)]);
    },
  );

  it('stops where the reports conceal names, and says what to do', async () => {
    const { result, concealed, tried } = await audited(KEEPING, [], true);
    expect(whyOf(result)).toBe(
      'The usage report shows concealed names, so its rows belong to nobody. In the Microsoft 365 admin center, under ' +
        'Settings > Org settings > Services > Reports, clear "Display concealed user, group, and site names in all ' +
        'reports", wait some minutes and run the audit again.',
    );
    expect([concealed, tried]).toEqual([[true, true], 0]);
  });

  it('never shows names although the policy allows it, and says why they are not shown', async () => {
    const { result, concealed, tried } = await audited(REVEALING, [], true);
    expect(whyOf(result)).toMatch(
      /^The usage report shows concealed names.* Names in usage reports are not shown .*reports\.revealNames.* because the permission ReportSettings\.ReadWrite\.All is missing\. Grant the .* Or show them by hand: In the Microsoft 365 admin center/,
    );
    expect([concealed, tried]).toEqual([[true, true], 0]);
  });
});

describe('an audit that may look at the setting but not change it', () => {
  it('never shows concealed names, stops, and says which permission is missing', async () => {
    const { result, concealed } = await audited(REVEALING, [READ], true);
    expect(whyOf(result)).toMatch(
      /^The tenant conceals names in usage reports\. Names in usage reports are not shown .* because the permission ReportSettings\.ReadWrite\.All is missing\. Grant the .* Or show them by hand/,
    );
    expect(concealed).toEqual([true, true]);
  });

  it('needs no more where names are visible, and lacks nothing', async () => {
    const { result } = await audited(REVEALING, [READ], false);
    expect(done(result).sources.map(({ source }) => source)).not.toContain('namesSetting');
  });
});

const worlds: RevealWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function aWorld(options: Parameters<typeof aRevealWorld>[0] = {}): Promise<RevealWorld> {
  const world = await aRevealWorld(options);
  worlds.push(world);
  return world;
}

describe('a look at the setting that is refused', () => {
  it('leaves no note and no due row', async () => {
    const world = await aWorld();
    world.tenant.before = (name) => {
      if (name === 'namesConcealed') throw graphFailure('forbidden');
    };
    expect(await world.process().audit()).toBe('concealed, concealed');
    expect(world.tenant.changes).toEqual([]);
    expect(await world.evidence()).toMatchObject({ state: undefined, history: [], waitingRows: 0 });
  });

  it.each([
    'unauthorized',
    'noPremium',
    'notFound',
    'throttled',
    'serverError',
    'network',
    'unexpectedAnswer',
    'foreignOrigin',
    'badRequest',
  ] as const)('is told from one that fails otherwise, which ends the audit: %s', async (kind) => {
    const world = await aWorld({ concealed: false });
    world.tenant.before = (name) => {
      if (name === 'namesConcealed') throw graphFailure(kind);
    };
    let reads = 0;
    const reading = withNamesShown(world.process().doors, KEEPING, async () => (reads += 1));
    await expect(reading).rejects.toMatchObject({ kind });
    expect(reads).toBe(0);
  });

  it('while another audit begins to show names joins it, so that nobody conceals under its reader', async () => {
    const world = await aWorld();
    let end = (): void => {};
    let other: Promise<void> | undefined;
    const { doors } = world.process();
    let looks = 0;
    const namesConcealed: GraphDoor['namesConcealed'] = async () => {
      looks += 1;
      if (looks > 1) return doors.graph.namesConcealed();
      await new Promise<void>((shown) => {
        const ended = new Promise<void>((resolve) => (end = resolve));
        other = withNamesShown(world.process().doors, REVEALING, async () => {
          shown();
          await ended;
        });
      });
      throw graphFailure('forbidden');
    };
    const own = { ...doors, graph: { ...doors.graph, namesConcealed } };
    const told = await withNamesShown(own, REVEALING, async (refused) => {
      end();
      await other;
      expect(world.tenant.concealed()).toBe(false);
      return refused;
    });
    expect(told).toBeUndefined();
    expect(await world.evidence()).toMatchObject({ concealed: true, state: 'concealed', faults: 0 });
  });
});

describe('a permission that is revoked while names are shown', () => {
  async function left(): Promise<RevealWorld> {
    const world = await aWorld();
    const killed = world.process({ crash: { at: 12, when: 'before' } });
    await Promise.race([killed.audit(), killed.died]);
    world.clock.advance(4 * 60_000);
    world.tenant.before = (name) => {
      if (name !== 'report') throw graphFailure('forbidden');
    };
    expect(world.tenant.concealed()).toBe(false);
    return world;
  }

  it.each([
    ['allows to show names', REVEALING],
    ['does not', KEEPING],
  ])(
    'stops the next audit, which says that they may still be shown, as soon as it is sure that nobody reads; the policy %s',
    async (_w, policy) => {
      const world = await left();
      const before = world.clock.now().getTime();
      const reading = withNamesShown(world.process().doors, policy, async () => 'read');
      await expect(reading).rejects.toThrow(NamesStop);
      await expect(reading).rejects.toMatchObject({
        why: expect.stringMatching(
          /may still be shown in the whole tenant.* cannot be concealed again, because the permission ReportSettings\.ReadWrite\.All is missing\. Nobody was judged\. Grant the/,
        ),
      });
      // Half a minute lies between two looks at the most.
      const waited = world.clock.now().getTime() - before;
      expect(waited).toBeGreaterThanOrEqual(3 * 60_000);
      expect(waited).toBeLessThan(3.5 * 60_000);
    },
  );

  it('has them concealed as soon as it is granted again', async () => {
    const world = await left();
    expect(await putBackNames(world.process().doors)).toMatchObject({ is: 'notYet' });
    world.tenant.before = () => {};
    await world.restart();
    expect(await world.evidence()).toMatchObject({ concealed: true, state: 'concealed', waitingRows: 0 });
  });
});
