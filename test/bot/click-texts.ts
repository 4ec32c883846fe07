import { ENGLISH } from '../../src/i18n/locale.js';
import { text } from '../../src/i18n/text.js';

/** What clicks are answered with in English, by its name in the catalog. */
export const TEXTS = {
  notYours: text(ENGLISH, 'click.notYours'),
  noSuchCase: text(ENGLISH, 'click.noSuchCase'),
  strange: text(ENGLISH, 'click.strange'),
  failed: text(ENGLISH, 'click.failed'),
  tooLong: text(ENGLISH, 'click.tooLong'),
  nothingChosen: text(ENGLISH, 'click.nothingChosen'),
  follows: text(ENGLISH, 'click.follows'),
  answerFollows: text(ENGLISH, 'click.answerFollows'),
  later: text(ENGLISH, 'click.later'),
} as const;
