import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instant } from '../../src/cases/case.js';
import { newCommand } from '../../src/cases/command.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { live, type Act, type Fate, type Lived, type Scenario } from './crash-life.js';
import { actingPolicy, aSteward, type StewardWorld } from './steward-world.js';

/** Five personas, four idle reports of the first of them, three active ones. */
const PEOPLE = 12;
/** Most of the time would go into waiting for the disk, which these processes of ours do not need to survive. */
const IN_MEMORY = '/dev/shm';
/** A folder with stores to begin from, and the runs that begin there. */
export interface CrashWorld {
  /** Plays a scenario to its end, with a process that ends where `fate` says; then hands over what is left. */
  play<T>(scenario: Scenario, fate: Fate, look: (lived: Lived) => Promise<T>): Promise<T>;
  close(): void;
}

export function aCrashWorld(): CrashWorld {
  const folder = mkdtempSync(path.join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'crash-'));
  const beginnings = new Map<unknown, Promise<Beginning>>();
  let files = 0;
  const newFile = (): string => path.join(folder, `${(files += 1)}.sqlite`);

  async function beginning({ policy = actingPolicy(), before = ASKED }: Scenario): Promise<Beginning> {
    const file = newFile();
    const world = await aSteward({ people: PEOPLE, policy, store: openAt(file) });
    await live(world, { name: 'before', acts: before }, {});
    const { clock, teams, tenant } = world;
    await world.close();
    return { file, at: clock.now(), sent: teams.sent, changes: tenant.tenant.book.all };
  }

  return {
    async play(scenario, fate, look) {
      const key = scenario.before ?? scenario.policy;
      const known = beginnings.get(key) ?? beginning(scenario);
      beginnings.set(key, known);
      const begun = await known;
      const file = newFile();
      copyFileSync(begun.file, file);
      const { policy = actingPolicy() } = scenario;
      const world = await aSteward({ people: PEOPLE, policy, store: openAt(file) });
      try {
        world.clock.advance(begun.at.getTime() - world.clock.now().getTime());
        world.teams.sent.push(...begun.sent);
        for (const change of begun.changes) world.tenant.tenant.book.append(change);
        return await look(await live(world, scenario, fate));
      } finally {
        await world.close();
        for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The state of the world at which a scenario begins. */
interface Beginning {
  readonly file: string;
  readonly at: Date;
  readonly sent: StewardWorld['teams']['sent'];
  readonly changes: StewardWorld['tenant']['tenant']['book']['all'];
}

const ASKED: readonly Act[] = [
  async (life) => {
    const { clock, doors } = life.world;
    const now = instant(clock.now());
    await addCommand(doors, newCommand('audit-0', { order: 'audit' }, 'test', now, now));
    await life.quiet();
  },
];

let etags = 0;

function openAt(file: string): Store {
  return openEmbeddedStore(file, { newId: () => `etag-${(etags += 1)}` });
}
