/** Words inside names that many write small. */
const SMALL: ReadonlySet<string> = new Set(
  'van von der den de del della di da do dos du la le al el bin ibn ben y e zu zur ter ten af av'.split(' '),
);
const ADDRESS = /^\S+@\S+$/u;
/** A capital letter, or one of a script that has none. */
const NAME_WORD = /^[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}.'’-]*$/u;

/** Whether words are written as a name or an address is; nothing is said about whether anybody is called so. Pure. */
export function looksLikeName(text: string): boolean {
  if (ADDRESS.test(text)) return true;
  const words = text.split(' ');
  return (
    words.some((word) => NAME_WORD.test(word)) &&
    words.every((word) => NAME_WORD.test(word) || SMALL.has(word.toLowerCase()))
  );
}
