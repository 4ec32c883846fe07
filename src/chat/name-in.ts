const MAX_NAME = 120;

/** Words between a request and a name, and politeness around both. */
export const FILLERS: ReadonlySet<string> = new Set(
  [
    "the a an of for on to with from me my please pls now is was what what's whats show tell give get open see",
    'view can could would you i want hi hello hey and license licenses licence licences reclaim removal thanks',
    'how case history steward bot did does do has have back it that this just need',
  ].flatMap((words) => words.split(' ')),
);

/** What is left of some words when the fillers at both ends are taken away. @param words as typed */
export function nameIn(words: readonly string[]): string {
  let first = 0;
  let end = words.length;
  while (first < end && isFiller(words[first] ?? '')) first += 1;
  while (end > first && isFiller(words[end - 1] ?? '')) end -= 1;
  return words.slice(first, end).join(' ').slice(0, MAX_NAME).trim();
}

function isFiller(word: string): boolean {
  return FILLERS.has(word.toLowerCase());
}

export function withoutPossessive(who: string): string {
  return who.replace(/'s?$/iu, '');
}
