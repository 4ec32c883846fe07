import { namedBy } from '../cases/asking/hops.js';
import type { CaseIn } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { cardText } from './escape.js';

/**
 * Why whoever is asked is asked: as the manager, because one person named them for all of it, or as `otherwise` says.
 */
export function whyReader(
  questions: readonly CaseIn<'asked'>[],
  due: ReadyText,
  language: Language,
  otherwise: 'question.inPlace' | 'digest.asAnswerer',
): ReadyText {
  if (questions.every(({ manager, askedOf }) => manager?.id === askedOf))
    return text(language, 'question.asManager', { due });
  const [name, ...others] = new Set(questions.map((c) => namedBy(c)?.displayName));
  return name === undefined || others.length > 0
    ? text(language, otherwise, { due })
    : text(language, 'question.named', { name: cardText(name), due });
}
