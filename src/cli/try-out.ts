import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startSimulator, type Simulator } from '../simulator/server.js';

/** People of the simulated tenant, unless told otherwise. */
export const TRY_OUT_PEOPLE = 300;
const SEED = 20261123;
/** Simulated license changes take effect after so many milliseconds, as real ones do after minutes. */
const LICENSE_DELAY_MS = 2_000;

export const TRY_OUT_POLICY = path.join(__dirname, '..', '..', 'src', 'simulator', 'policy.yaml');

/** Starts the simulated tenant kept in `dataDir`; made at the first start, the same at every later one. */
export function openTenantOf(dataDir: string, people = TRY_OUT_PEOPLE): Promise<Simulator> {
  return startSimulator({
    seed: SEED,
    people,
    now: () => new Date(),
    dataDir,
    licenseDelayMs: LICENSE_DELAY_MS,
    throttling: 'published',
  });
}

/** Where a running try-out is found by commands beside it. */
interface Running {
  readonly graphUrl: string;
  readonly pid: number;
}

function noteFile(dataDir: string): string {
  return path.join(dataDir, 'try-out.json');
}

export function noteRunning(dataDir: string, running: Running): void {
  writeFileSync(noteFile(dataDir), JSON.stringify(running));
}

export function forgetRunning(dataDir: string): void {
  rmSync(noteFile(dataDir), { force: true });
}

/** The simulated tenant of a try-out that runs now in `dataDir`; undefined when none answers. */
export async function runningTenant(dataDir: string): Promise<string | undefined> {
  let running: Running;
  try {
    running = JSON.parse(readFileSync(noteFile(dataDir), 'utf8')) as Running;
  } catch {
    return undefined;
  }
  try {
    const answer = await fetch(`${running.graphUrl}/v1.0/organization`, {
      signal: AbortSignal.timeout(2_000),
    });
    // Without a token a live tenant answers 401; anything that answers there is not somebody else's page.
    return answer.status === 401 ? running.graphUrl : undefined;
  } catch {
    return undefined;
  }
}
