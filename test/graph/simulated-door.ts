import { afterEach } from '@jest/globals';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import type { GraphOptions } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { startSimulator } from '../../src/simulator/server.js';
import type { Simulator, SimulatorOptions } from '../../src/simulator/server.js';
import { violationsOf } from '../contract/check-exchange.js';
import { doorTo } from './opened.js';
import { skippingClock } from './test-clocks.js';
import type { SkippingClock } from './test-clocks.js';

export interface SimulatedDoor {
  readonly tenant: Simulator;
  readonly door: GraphDoor;
  readonly clock: SkippingClock;
}

const running: Simulator[] = [];

afterEach(async () => {
  for (const tenant of running.splice(0)) await tenant.close();
});

/** A simulated tenant and a door to it on one clock, so that waiting for a limit takes no time. */
export async function simulatedDoor(
  simulator: Partial<SimulatorOptions> = {},
  options: Partial<GraphOptions> = {},
): Promise<SimulatedDoor> {
  const clock = skippingClock();
  const tenant = await startSimulator({
    seed: 7,
    people: 300,
    now: () => clock.now(),
    recordExchanges: true,
    downloadOrigin: 'other',
    ...simulator,
  });
  running.push(tenant);
  const door = doorTo(tenant.url, { token: fixedToken(tenant.token), clock, ...options });
  return { tenant, door, clock };
}

/** Everything in the exchanges so far that Graph does not document. */
export function violationsIn(tenant: Simulator): readonly string[] {
  return tenant.exchanges.flatMap((exchange) => violationsOf(exchange));
}

/** Requests to the download address that carried a token: none may. */
export function tokensAbroad(tenant: Simulator): number {
  return tenant.requests.filter((request) => request.origin === 'download' && request.authorization).length;
}
