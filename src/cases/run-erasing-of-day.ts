import { dayOf, type Day } from '../audit/day.js';
import { changeDocument } from '../store/change-document.js';
import type { Doc } from '../store/store.js';
import { eraseOld, type ErasingDoors } from './run-erasing.js';

/** The last day on which everything was erased that had to go, and by which rule. */
interface ErasingDoc extends Doc {
  readonly kind: 'erasing';
  readonly day: Day;
  readonly retainDays: number;
}

const ID = 'erasing';

/**
 * The same once a day: an audit that is tried again, or runs once more on that day, has nothing new to erase. What broke
 * off, or left something because it was written at that moment, is done anew by the next one.
 */
export async function eraseOldOfDay(doors: ErasingDoors): Promise<void> {
  const { store, policy, clock } = doors;
  const { retainDays } = policy.privacy;
  const day = dayOf(clock.now());
  const last = (await store.read<ErasingDoc>('meta', ID, ID))?.doc;
  if (last?.day === day && last.retainDays === retainDays) return;
  if (!(await eraseOld(doors))) return;
  await changeDocument<ErasingDoc>(store, 'meta', ID, () => ({ id: ID, kind: 'erasing', day, retainDays }));
}
