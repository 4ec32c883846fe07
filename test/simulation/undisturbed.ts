import type { UserId } from '../../src/audit/person.js';
import type { World } from './world.js';

/**
 * true: nothing comes between in a case about them. An account goes only at the very end of a case, which next to none would
 * reach: so most of those who have left, in a life in which many have, are left alone.
 */
export function isUndisturbed({ choice }: World, userId: UserId): boolean {
  return choice.crowd === 'leaving' && Number(userId.slice(-3)) % 4 !== 0;
}
