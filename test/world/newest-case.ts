import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { pointerId, type PersonPointer } from '../../src/cases/person-pointer.js';
import type { Store } from '../../src/store/store.js';

/** The person's newest case, whatever its state. */
export async function newestCase(
  { store }: { readonly store: Store },
  userId: UserId,
): Promise<Case | undefined> {
  const pointer = await store.read<PersonPointer>('meta', pointerId(userId), pointerId(userId));
  if (pointer === undefined) return undefined;
  const { caseId } = pointer.doc;
  return (await store.read<Case>('cases', caseId, caseId))?.doc;
}
