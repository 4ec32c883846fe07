import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EXIT, explain } from '../../src/cli/exit.js';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/server.js';
import { manualClock } from '../world/steward-world.js';
import { policyOf } from '../world/policies.js';
import { freePort, type Ended } from '../world/try-out-process.js';
import { aFolder, steward } from './at-the-terminal.js';
import { aReportFront, type ReportFront } from './report-front.js';
import { auditOnce } from '../world/audit-once.js';

jest.setTimeout(60_000);

const FOR_EVER = 10_000;
const EARLIER = { 'summary.json': 'of an earlier audit', 'hr-review.csv': 'earlier, too' };

const folder = aFolder();
let tenant: Simulator;

function aTenant(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  return startSimulator({ seed: 7, people: 60, now: () => new Date(), throttling: 'off', ...options });
}

beforeAll(async () => {
  tenant = await aTenant();
  writeFileSync(folder.at('policy.yaml'), 'mode: observe\n');
  mkdirSync(folder.at('out'));
  for (const [name, text] of Object.entries(EARLIER)) writeFileSync(folder.at('out', name), text);
});
afterEach(() => tenant.faults.clear());
afterAll(async () => {
  await tenant.close();
  folder.remove();
});

/** An audit that must not write anything: the files of the earlier one are still there, and nothing else. */
async function failingAudit(graphUrl = tenant.url): Promise<Ended> {
  const ended = await steward(['audit', '--out', folder.at('out')], {
    DATA_DIR: folder.at('data'),
    POLICY_FILE: folder.at('policy.yaml'),
    GRAPH_BASE_URL: graphUrl,
  });
  expect(
    Object.fromEntries(
      readdirSync(folder.at('out')).map((name) => [name, readFileSync(folder.at('out', name), 'utf8')]),
    ),
  ).toEqual(EARLIER);
  expect(ended.out).toBe('');
  expect(ended.err).not.toContain(tenant.token);
  expect(ended.err).not.toMatch(/^ +at /m);
  return ended;
}

describe('a Graph that refuses', () => {
  it('the token: says what to check about the identity', async () => {
    tenant.faults.add({ times: FOR_EVER, answer: { kind: 'status', status: 401 } });
    const { code, err } = await failingAudit();
    expect(code).toBe(1);
    expect(err).toMatch(/Microsoft Graph did not accept our token.*the app's identity/);
  });

  it.each([
    ['/organization', 'Organization.Read.All'],
    ['/subscribedSkus', 'LicenseAssignment.Read.All'],
    ['/reports/', 'Reports.Read.All'],
    ['/users\\?(?!.*signInActivity)', 'User.Read.All'],
    ['/roleManagement/', 'RoleManagement.Read.Directory'],
  ])('to let us read %s: names the permission %s', async (path, permission) => {
    tenant.faults.add({ times: FOR_EVER, path, answer: { kind: 'status', status: 403 } });
    const { code, err } = await failingAudit();
    expect(code).toBe(1);
    expect(err).toMatch(
      new RegExp(`refused to .*\\(403 Authorization_RequestDenied\\)\\. The app needs .*${permission}, with`),
    );
  });

  it('sign-in dates: turns off what needs them, by name, with the fix', async () => {
    tenant.faults.add({
      times: FOR_EVER,
      path: '/users\\?.*signInActivity',
      answer: { kind: 'status', status: 403 },
    });
    const { code, out, err } = await steward(['audit', '--out', folder.at('refused-out')], {
      DATA_DIR: folder.at('refused'),
      POLICY_FILE: folder.at('policy.yaml'),
      GRAPH_BASE_URL: tenant.url,
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^Unknown +40$/m);
    expect(out).not.toMatch(/signed in before, idle now|never signed in/);
    expect(out).toMatch(
      /^Missing: Sign-in dates: not available\..+refused.+permissions User\.Read\.All and AuditLog\.Read\.All/m,
    );
    expect(err).not.toContain(tenant.token);
  });

  it('the setting for names in reports: reads reports that carry names, and says by name what is missing', async () => {
    const path = '/admin/reportSettings';
    tenant.faults.add({ times: FOR_EVER, path, answer: { kind: 'status', status: 403 } });
    const environment = {
      DATA_DIR: folder.at('setting'),
      POLICY_FILE: folder.at('policy.yaml'),
      GRAPH_BASE_URL: tenant.url,
    };
    const { code, out } = await steward(['audit', '--out', folder.at('setting-out')], environment);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Missing: Setting for names in reports: not available\..+refused.+permission ReportSettings\.Read\.All/m,
    );
  });

  it('sign-in dates, as a tenant without Entra P1 does: says which key of the policy to change', async () => {
    const code403 = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
    const answer = { kind: 'status', status: 403, code: code403 } as const;
    tenant.faults.add({ times: FOR_EVER, path: 'signInActivity', answer });
    const { code, err } = await failingAudit();
    expect(code).toBe(1);
    expect(err).toMatch(/no Entra ID P1 or P2\. Set evidence\.require to \[workload\]/);
  });
});

describe('a Graph in trouble', () => {
  it.each([
    [429, 'still asks us to slow down', 'throttled'],
    [500, 'failed to list the licensed people', 'serverError'],
    [503, 'failed to list the licensed people', 'serverError'],
  ])(
    'that answers %d for ever is asked eight times, with a line for every wait',
    async (status, said, kind) => {
      const answer = { kind: 'status', status, retryAfter: '0.1' } as const;
      tenant.faults.add({ times: FOR_EVER, path: '/users\\?', answer });
      const before = tenant.requests.length;
      const { code, err } = await failingAudit();
      expect(code).toBe(1);
      expect(err).toContain(said);
      expect(err).toContain('Try again later');
      const asked = tenant.requests.slice(before).filter(({ path }) => path.includes('/users?'));
      expect(asked).toHaveLength(8);
      expect(err.match(new RegExp(`Graph call is tried again\\. \\(.*kind ${kind}`, 'g'))).toHaveLength(7);
    },
  );

  it.each([
    ['/users\\?', /an answer of type "text\/html" came instead of JSON[\s\S]+look for a proxy/],
    ['/data/download/', /a web page came instead of the report[\s\S]+look for a proxy/],
  ])('or a proxy before it, that sends web pages for %s', async (path, said) => {
    tenant.faults.add({ times: FOR_EVER, path, answer: { kind: 'html' } });
    const { code, err } = await failingAudit();
    expect([code, err]).toEqual([1, expect.stringMatching(said)]);
  });

  it.each(['halfBody', 'cutMidway', 'cutBefore'] as const)(
    'whose pages end with %s for ever is given up with a failure that says so',
    async (kind) => {
      tenant.faults.add({ times: FOR_EVER, path: '/users\\?', answer: { kind } });
      const [code, said] = await auditInProcess(tenant.url);
      expect(code).toBe(EXIT.failed);
      expect(said).toMatch(
        /could not be reached to list the licensed people: .*Check the network, the proxy/,
      );
    },
  );

  it('whose page is cut once is read again, and the audit is done', async () => {
    tenant.faults.add({ path: '/users\\?', answer: { kind: 'cutMidway' } });
    const out = folder.at('done');
    const environment = {
      DATA_DIR: folder.at('data'),
      POLICY_FILE: folder.at('policy.yaml'),
      GRAPH_BASE_URL: tenant.url,
    };
    const ended = await steward(['audit', '--out', out], environment);
    expect(ended.code).toBe(0);
    expect(readdirSync(out)).toHaveLength(9);
  });

  it('that is not there at all is a failure of the connection', async () => {
    const [code, said] = await auditInProcess(`http://127.0.0.1:${await freePort()}`);
    expect(code).toBe(EXIT.failed);
    expect(said).toContain('the connection failed (ECONNREFUSED)');
  });
});

/** With waits that take no time: what the terminal would say, and its exit code. */
async function auditInProcess(baseUrl: string): Promise<readonly [number, string]> {
  const clock = manualClock(new Date());
  const graph = openGraph({ baseUrl, token: fixedToken(tenant.token), clock, signInPerMinute: 1_000 });
  let said = '';
  try {
    await auditOnce(graph, policyOf(), { clock });
  } catch (error) {
    return [explain(error, (text) => (said += text)), said];
  }
  throw new Error('The audit went through.');
}

describe('data that prove nothing', () => {
  it('a tenant that conceals names stops the audit with what to switch', async () => {
    const concealing = await aTenant({ concealNames: true });
    const { code, err } = await failingAudit(concealing.url);
    await concealing.close();
    expect(code).toBe(3);
    expect(err).toMatch(/nothing was written:\n {2}The tenant conceals names[\s\S]+clear "Display concealed/);
  });

  it('a tenant without Entra P1 under a policy that requires sign-ins', async () => {
    const plain = await aTenant({ premium: false });
    const { code, err } = await failingAudit(plain.url);
    await plain.close();
    expect([code, err]).toEqual([3, expect.stringContaining('Set evidence.require to [workload]')]);
  });

  it('a report of weeks ago', async () => {
    const stale = await aTenant({ reportLagDays: 20 });
    const { code, err } = await failingAudit(stale.url);
    await stale.close();
    expect(code).toBe(3);
    expect(err).toMatch(/its refresh date \d{4}-\d\d-\d\d is 20 days ago, more than 7/);
  });

  describe('a report that arrives', () => {
    let front: ReportFront;
    beforeAll(async () => {
      front = await aReportFront(tenant);
    });
    afterAll(() => front.close());

    const lines = (csv: string): string[] => csv.split(/\r?\n/);
    const ACTIVITY = /\d{4}-\d\d-\d\d/g;

    it.each<[string, (csv: string) => string, string]>([
      ['with its header alone', (csv) => `${lines(csv)[0]}\r\n`, 'has a header and no rows'],
      [
        'cut off in a row',
        (csv) => csv.slice(0, csv.lastIndexOf(',', csv.length / 2)),
        'breaks off in a row',
      ],
      ['cut off after a row', (csv) => lines(csv).slice(0, 20).join('\r\n'), 'is incomplete or of'],
      ['with another header', (csv) => csv.replace('User Principal Name', 'UPN'), 'no column named'],
      [
        'of two days',
        (csv) => csv.replace(/\n\d{4}-\d\d-\d\d/, '\n2026-01-01'),
        'mixes refresh dates: 2026-01-01 and',
      ],
      [
        'with concealed names',
        (csv) => csv.replaceAll(/[^,\r\n]+@[^,]+/g, '0123456789ABCDEF0123456789ABCDEF'),
        'shows concealed names',
      ],
      [
        'of another tenant',
        (csv) => csv.replaceAll('@harborlight', '@elsewhere'),
        'or of another tenant. Nobody was judged',
      ],
      [
        'without any activity date',
        (csv) =>
          lines(csv)
            .map((line, at) =>
              at === 0 ? line : line.replace(ACTIVITY, (day, where) => (where === 0 ? day : '')),
            )
            .join('\r\n'),
        'it is blank',
      ],
      ['with a quote that is never closed', (csv) => csv.replace(/,False,/, ',"False,'), 'usage report'],
    ])('%s stops the audit, and nothing is written', async (_how, change, said) => {
      front.change = change;
      const { code, err } = await failingAudit(front.url);
      expect([code, err]).toEqual([3, expect.stringContaining(said)]);
    });

    it('as it is goes through the same front', async () => {
      front.change = undefined;
      const environment = {
        DATA_DIR: folder.at('data'),
        POLICY_FILE: folder.at('policy.yaml'),
        GRAPH_BASE_URL: front.url,
      };
      expect((await steward(['audit', '--out', folder.at('through')], environment)).code).toBe(0);
    });
  });
});
