/** Application permissions that an administrator takes away or gives while the caller is at work. */
export type PermissionChange =
  | { readonly revoke: readonly string[]; readonly grant?: readonly string[] }
  | { readonly grant: readonly string[]; readonly revoke?: readonly string[] };

/** Changes the set itself: the next request is judged by it. What is named in both lists is granted. */
export function changePermissions(granted: Set<string>, change: PermissionChange): void {
  for (const permission of change.revoke ?? []) granted.delete(permission);
  for (const permission of change.grant ?? []) granted.add(permission);
}
