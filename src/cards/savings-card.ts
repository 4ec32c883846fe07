import type { CardJson } from '../bot/messenger.js';
import type { SavingsSeen } from '../cases/admin/admin-desk.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { Reader } from './dates.js';
import { button, card, facts, heading, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { firstThatFits } from './fitting.js';
import { savingsText } from './savings-text.js';

/** How many months and licenses are shown; of long names fewer. */
const FEWER_ROWS = [12, 6, 3] as const;

/** What was saved and what is in sight, and what that means; its file has every month and license. */
export function savingsCard(seen: SavingsSeen, view: Reader): CardJson {
  const { headline, asOf, standings, years, months, licenses, rules } = savingsText(seen, view);
  const named = licenses.map(([name, value]) => [cardText(name, 80), value] as const);
  return firstThatFits(FEWER_ROWS, (rows) =>
    card(
      [
        title(headline),
        quiet(asOf),
        facts(standings),
        ...part(text(view, 'admin.savings.years'), years, rows, view),
        ...part(text(view, 'admin.savings.months'), months, rows, view),
        ...part(text(view, 'admin.savings.licenses'), named, rows, view),
        ...rules.map(quiet),
      ],
      seen.savings.rows.length === 0
        ? []
        : [
            button({
              title: text(view, 'admin.savings.export'),
              verb: 'admin',
              data: { do: 'savingsFile' },
            }),
          ],
    ),
  );
}

function part(
  name: ReadyText,
  all: readonly (readonly [ReadyText, ReadyText])[],
  most: number,
  view: Reader,
): readonly Part[] {
  if (all.length === 0) return [];
  const count = all.length - most;
  return [
    heading(name),
    facts(all.slice(0, most)),
    ...(count > 0 ? [quiet(text(view, 'admin.savings.more', { count }))] : []),
  ];
}
