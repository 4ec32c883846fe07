import type { UserId } from '../audit/person.js';
import { instant, type Instant } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { AlreadyExists, ChangedMeanwhile, type Doc } from '../store/store.js';

/** What somebody asked last, so that "only Finance" means something. One row for each asker. */
export interface LastQuestion extends Doc {
  readonly kind: 'lastQuestion';
  /** The sentence of the query; it may name managers. */
  readonly question: string;
  readonly askedAt: Instant;
}

type QuestionDoors = Pick<Doors, 'store' | 'clock'>;

/** After a pause nobody means the question before any more. */
export const REMEMBERED_MS = 30 * 60_000;
/** UTF-16 units; what is longer is not kept. */
const LONGEST_KEPT = 4_000;

export async function lastQuestion(
  { store, clock }: QuestionDoors,
  asker: UserId,
): Promise<string | undefined> {
  const stored = await store.read<LastQuestion>('refs', idOf(asker), idOf(asker));
  if (stored === undefined) return undefined;
  const age = clock.now().getTime() - Date.parse(stored.doc.askedAt);
  return age >= 0 && age <= REMEMBERED_MS ? stored.doc.question : undefined;
}

/** Of two questions at the same moment either may be kept. */
export async function keepQuestion(
  { store, clock }: QuestionDoors,
  asker: UserId,
  question: string,
): Promise<void> {
  if (question.length > LONGEST_KEPT) return;
  const id = idOf(asker);
  const doc: LastQuestion = { id, kind: 'lastQuestion', question, askedAt: instant(clock.now()) };
  const stored = await store.read<LastQuestion>('refs', id, id);
  try {
    if (stored === undefined) await store.create('refs', doc);
    else await store.replace('refs', doc, stored.etag);
  } catch (error) {
    if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
  }
}

function idOf(asker: UserId): string {
  return `question-${asker}`;
}
