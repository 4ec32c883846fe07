import { choose } from './policies.js';
import type { World } from './world.js';

/** Of idle people so many are named as their own manager, to whom nobody can hand over anything. */
const OWN_MANAGER = 0.1;

export function beginFiles({ cast, chances, tenant }: World): void {
  for (const { id, use } of cast.everybody)
    if (use.activeSince === undefined && chances.files.happens(OWN_MANAGER))
      tenant.change(id, { manager: id });
}

/**
 * To be called when steps are planned: the policy may come to ask for what nobody has said of files.
 * @param before calls something in the days before one of the steps
 */
export function planForFiles(world: World, before: (what: () => void) => void): void {
  if (world.choice.oneDrive !== 'waive' || !world.chances.files.happens(0.5)) return;
  before(() => {
    choose(world, { ...world.choice, oneDrive: 'manager' });
    for (const instance of [...world.running]) void instance.stop();
  });
}
