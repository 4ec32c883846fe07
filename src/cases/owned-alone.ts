import type { Policy } from '../config/policy.js';
import type { OwnedThing } from '../graph/graph-door.js';
import { isWaived } from './answering/waiver.js';
import type { Case } from './case.js';

/** Groups and teams that nobody else owns, as Microsoft Graph told them when the question was composed. */
export type OwnedAlone =
  | {
      readonly is: 'known';
      readonly count: number;
      /** As many as a card names, in the order in which a later task names them. Erasable. */
      readonly first: readonly OwnedName[];
    }
  | { readonly is: 'unknown' };

export type OwnedName = Pick<OwnedThing, 'displayName' | 'isTeam'>;

/** So many are named before anybody answers. */
const MOST_NAMED = 3;

/** true: nothing is taken before somebody else owns what only this person owns (field.md N15). Pure. */
export function needsOtherOwners(
  { scenario }: Pick<Case, 'scenario'>,
  { reclaim }: { readonly reclaim: Pick<Policy['reclaim'], 'owned'> },
): boolean {
  // Somebody active goes on looking after what they own.
  return reclaim.owned === 'check' && scenario !== 'unusedLicense' && scenario !== 'given';
}

/** What nobody else owns and no admin has waived, in one order always. Pure. */
export function withoutOtherOwner(
  c: Pick<Case, 'waivers'>,
  owned: readonly OwnedThing[],
): readonly OwnedThing[] {
  return owned
    .filter(({ id: groupId, isSole }) => isSole && !isWaived(c, { of: 'owned', groupId }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** As much of it as is kept with a case. Pure. */
export function ownedAlone(c: Pick<Case, 'waivers'>, owned: readonly OwnedThing[]): OwnedAlone {
  const all = withoutOtherOwner(c, owned);
  const first = all.slice(0, MOST_NAMED).map(({ displayName, isTeam }) => ({ displayName, isTeam }));
  return { is: 'known', count: all.length, first };
}
