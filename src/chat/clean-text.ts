/** Tags that Teams and mail clients write; "cost <500 and >90 days" has none. */
const TAG = /<\/?[a-z][^<>]*>/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** A message as somebody typed it: without mentions, markup and marks that nobody sees. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/<at\b[^<>]*>[^<>]*<\/at>/giu, ' ')
    .replaceAll(/\[([^[\]]*)\]\((?:mailto|https?):[^()\s]*\)/giu, ' $1 ')
    .replaceAll(TAG, ' ')
    .replaceAll(/&(?:nbsp|lt|gt|quot|#39|amp);/gu, (entity) => ENTITIES[entity] ?? ' ')
    .replaceAll(/\p{Cc}|[\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, ' ')
    .replaceAll(/[’‘]/gu, "'");
}
