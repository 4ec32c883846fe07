import { dateText, type Reader } from '../cards/dates.js';
import type { Instant } from '../cases/case.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { FEWEST } from './query/figures-only.js';
import type { RunFigures } from './read-model.js';

/** Of whom there are lists, so that few of them are no figure but somebody's colleagues. */
const LISTED = ['inactive', 'unknown', 'guests'] as const;

/**
 * How many people there are and how they split, which adds up. Whoever is HR's alone is among the protected (safety rule 3).
 * @param mayList otherwise figures of a few people come together with others
 */
export function everybodyText(run: RunFigures, mayList: boolean, reader: Reader): ReadyText {
  const line = (of: 'active' | 'protected' | (typeof LISTED)[number]): ReadyText =>
    text(reader, `counted.split.${of}`, { count: run[of] });
  const isOfFew = LISTED.some((of) => run[of] > 0 && run[of] < FEWEST);
  const listed =
    isOfFew && !mayList
      ? [text(reader, 'counted.split.together', { count: run.inactive + run.unknown + run.guests })]
      : LISTED.map(line);
  const date = dateText(run.finishedAt as Instant, reader);
  const notes = [
    text(reader, 'counted.split.notCounted'),
    ...(mayList ? [text(reader, 'counted.split.lists')] : []),
  ];
  return joined(
    [
      text(reader, 'counted.split', { count: run.people, date }),
      joined([line('active'), ...listed, line('protected')], '\n'),
      joined(notes, ' '),
    ],
    '\n\n',
  );
}
