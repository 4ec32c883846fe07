/** Longer texts ask for something else. */
const MOST_WORDS = 12;

const POLITE = '(?:(?:please|pls|hi|hello|hey|bitte|hallo) )*';
const SHOW =
  '(?:(?:can you |could you )?(?:show|tell|give|list|get|zeig|zeige|sag)(?: (?:me|mir))? (?=about|on|my|what|which|wh|über|ueber|mein|was|welche))?';
const WHAT =
  '(?:(?:what|which|was|welche)(?: (?:is|are|do you know|do you have|is on record|is known|about|weißt du|sind|steht))? )?';
const SELF = [
  'me',
  'myself',
  '(?:about|on) (?:me|myself)',
  'my (?:own )?(?:licen[sc]es?|data|records?|page)',
  'who am i',
  'licen[sc]es? do i have',
  '(?:ich|mich)',
  '(?:über|ueber) mich',
  'meine? (?:eigenen? )?(?:lizenz|lizenzen|daten|eintrag|seite)',
  'wer bin ich',
  'lizenz(?:en)? habe ich',
].join('|');
const ABOUT_SELF = new RegExp(`^${POLITE}${SHOW}${WHAT}(?:${SELF})(?: (?:please|pls|bitte))?$`, 'u');

/** Does somebody ask for what is on record about themself? @param said words in lower case, without marks around them */
export function isAboutSelf(said: readonly string[]): boolean {
  return said.length <= MOST_WORDS && ABOUT_SELF.test(said.join(' '));
}
