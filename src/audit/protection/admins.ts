import type { RoleHolders } from '../../graph/graph-door.js';
import type { Person } from '../person.js';

/** Initial domains of Microsoft's clouds, which no name on the internet can take away. */
const INITIAL_DOMAIN = /@[^@]+\.(onmicrosoft\.(com|us)|partner\.onmschina\.cn)$/i;

/** Directory roles, active ones and those that may be activated. Where the latter cannot be read, they protect nobody. */
export function adminRules({ id }: Pick<Person, 'id'>, roles: RoleHolders): readonly string[] {
  const mayActivate = 'has' in roles.eligible && roles.eligible.has(id);
  return [
    ...(roles.active.has(id) ? ['holds a directory role'] : []),
    ...(mayActivate ? ['may activate a directory role'] : []),
  ];
}

/**
 * Emergency access as Microsoft advises to set it up, whether or not the policy lists it: a Global Administrator that
 * hangs neither on AD nor on a domain of the customer. A guest's name ends like that as well and is at home elsewhere.
 */
export function emergencyRules(
  { id, kind, onPremisesSync, userPrincipalName }: Person,
  { globalAdministrators }: RoleHolders,
): readonly string[] {
  const isEmergency =
    globalAdministrators.has(id) &&
    kind === 'member' &&
    onPremisesSync !== true &&
    INITIAL_DOMAIN.test(userPrincipalName.trim());
  return isEmergency
    ? ['Global Administrator that is cloud-only, in the tenant’s initial domain: an emergency access account']
    : [];
}
