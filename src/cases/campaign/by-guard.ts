/** With what the name begins of a guard that has set the campaign's switch. */
export const GUARD = 'guard: ';

/** true: nobody has set the switch, but a guard. Pure. */
export function isByGuard({ by }: { readonly by: string | undefined }): boolean {
  return by?.startsWith(GUARD) === true;
}
