import path from 'node:path';
import type { Environment } from '../config/settings.js';
import { startSimulator, type Simulator } from '../simulator/server.js';
import { notedGraphUrl } from './try-out-note.js';

/** People of the simulated tenant, unless told otherwise. */
export const TRY_OUT_PEOPLE = 300;
const SEED = 20261123;
/** Simulated changes take effect after so many milliseconds, as real ones do after minutes. */
const CHANGE_DELAY_MS = 2_000;

const TRY_OUT_POLICY = path.join(__dirname, '..', '..', 'src', 'simulator', 'policy.yaml');

/** What the try-out takes where nothing else is said; as everywhere, an empty variable says nothing. */
export function tryOutEnvironment(given: Environment, defaults: Environment = {}): Environment {
  const said = Object.entries(given).filter(([, value]) => (value ?? '').trim() !== '');
  return { POLICY_FILE: TRY_OUT_POLICY, ...defaults, ...Object.fromEntries(said) };
}

/** Starts the simulated tenant kept in `dataDir`; made at the first start, the same at every later one. */
export function openTenantOf(dataDir: string, people = TRY_OUT_PEOPLE): Promise<Simulator> {
  return startSimulator({
    seed: SEED,
    people,
    now: () => new Date(),
    dataDir,
    licenseDelayMs: CHANGE_DELAY_MS,
    mailboxDelayMs: CHANGE_DELAY_MS,
    throttling: 'published',
  });
}

/** The simulated tenant of a try-out that runs now in `dataDir`; undefined when none answers. */
export async function runningTenant(dataDir: string): Promise<string | undefined> {
  const graphUrl = notedGraphUrl(dataDir);
  if (graphUrl === undefined) return undefined;
  try {
    const answer = await fetch(`${graphUrl}/v1.0/organization`, {
      signal: AbortSignal.timeout(2_000),
    });
    // Without a token a live tenant answers 401; anything that answers there is not somebody else's page.
    return answer.status === 401 ? graphUrl : undefined;
  } catch {
    return undefined;
  }
}
