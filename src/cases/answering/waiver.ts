import type { GroupId } from '../../audit/person.js';
import type { Case, Instant, PersonRef } from '../case.js';

/** What an admin takes upon themself for one case, so that it goes on. */
export type Waived =
  /** Nobody has to say what becomes of the files in OneDrive. */
  | { readonly of: 'files' }
  /** The person need not be told before the steps. */
  | { readonly of: 'notice' }
  /** A group or team may stay without an owner. */
  | { readonly of: 'owned'; readonly groupId: GroupId };

export interface Waiver {
  readonly waived: Waived;
  readonly by: PersonRef;
  readonly at: Instant;
  readonly reason: string;
}

/** true: an admin has waived that in this case. Pure. */
export function isWaived({ waivers = [] }: Pick<Case, 'waivers'>, wanted: Waived): boolean {
  return waivers.some(({ waived }) => keyOf(waived) === keyOf(wanted));
}

function keyOf(waived: Waived): string {
  return waived.of === 'owned' ? waived.groupId : waived.of;
}
