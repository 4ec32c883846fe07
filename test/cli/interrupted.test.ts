import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { systemClock } from '../../src/graph/clock.js';
import { endOf, run, type Ended } from '../world/try-out-process.js';
import { aFolder, NOTHING_SET, type Folder } from './at-the-terminal.js';

jest.setTimeout(60_000);

let folder: Folder;
let tenant: Simulator;

beforeAll(async () => {
  const now = (): Date => new Date();
  // Reports follow late, so that the command stands still with names shown.
  const slow = { concealNames: true, concealDelayMs: 10 * 60_000, throttling: 'off' } as const;
  tenant = await startSimulator({ seed: 7, people: 30, now, ...slow });
});
afterEach(() => folder.remove());
afterAll(() => tenant.close());

/** Ctrl-C once, as soon as the command waits for names in reports. */
async function interrupted(args: readonly string[]): Promise<Ended> {
  folder = aFolder();
  writeFileSync(folder.at('policy.yaml'), 'reports: { revealNames: true }\n');
  const child = run(['dist/cli/steward.js', ...args.map((arg) => arg.replace('OUT', folder.at('out')))], {
    ...NOTHING_SET,
    DATA_DIR: folder.at('data'),
    POLICY_FILE: folder.at('policy.yaml'),
    GRAPH_BASE_URL: tenant.url,
  });
  let said = '';
  let isSent = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (!isSent && said.includes('looking again')) isSent = child.kill('SIGINT');
  });
  return endOf(child);
}

it.each([[['audit', '--out', 'OUT']], [['position']], [['whatif']]])(
  'Ctrl-C ends %s with names concealed again and a sentence',
  async (args) => {
    const { code, out, err } = await interrupted(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('Names in usage reports are concealed again');
    expect(err).toContain('The audit was stopped before it was done.');
    expect(err).not.toMatch(/^ +at /m);
    const graph = openGraph({
      baseUrl: tenant.url,
      token: fixedToken(tenant.token),
      clock: systemClock,
      signInPerMinute: 1_000,
    });
    expect(await graph.namesConcealed()).toBe(true);
  },
);
