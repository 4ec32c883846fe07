import type { UserId } from '../../audit/person.js';
import type { Doc } from '../../store/store.js';
import type { Case, CaseId, Instant, MessageRef } from '../case.js';

/** A message in Teams that several cases share. */
export interface Digest extends Doc {
  readonly kind: 'digest';
  /** In whose chat it is. */
  readonly userId: UserId;
  readonly message: MessageRef;
  readonly cases: readonly DigestCase[];
  /** Who edits the message now: two who edit it at once could leave the older truth. */
  readonly lease: { readonly owner: string; readonly until: Instant } | undefined;
}

export interface DigestCase {
  readonly caseId: CaseId;
  /** The version of the case that the message shows. */
  readonly shows: number;
}

/** A digest and how its cases stand now, in the order of the card. */
export interface DigestView {
  readonly digestId: string;
  readonly entries: readonly DigestEntry[];
}

export interface DigestEntry {
  readonly case: Case;
  /** `question`: can be answered there. `sentAnew`: the question went out once more, in another message. */
  readonly as: 'question' | 'sentAnew' | 'settled';
}

/** A case as the digest in somebody's chat has to show it. Pure. */
export function entryOf(c: Case, { id, userId }: Pick<Digest, 'id' | 'userId'>): DigestEntry {
  if (c.state !== 'asked' || c.askedOf !== userId) return { case: c, as: 'settled' };
  return { case: c, as: c.message?.digestId === id ? 'question' : 'sentAnew' };
}

/** true: the message shows every case as it is now. */
export function isCurrent(digest: Digest, cases: readonly Case[]): boolean {
  return cases.every((c) =>
    digest.cases.some(({ caseId, shows }) => caseId === c.caseId && shows >= c.version),
  );
}
