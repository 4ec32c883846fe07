import type { CaseView } from '../../cards/case-view.js';
import { savingsCard } from '../../cards/savings-card.js';
import { savingsHeadline, savingsNote } from '../../cards/savings-text.js';
import type { NotAllowed, SavingsSeen } from '../../cases/admin/admin-desk.js';
import { text } from '../../i18n/text.js';
import { savingsCsv } from '../../spend/savings-csv.js';
import type { Shown } from '../answer.js';
import { csvFormFor, type FileOffer } from '../file-offer.js';
import { refused } from './answer.js';

/** What was saved, and what is in sight. */
export function savingsAnswer(outcome: SavingsSeen | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  return {
    kind: 'card',
    card: savingsCard(outcome, view),
    summary: savingsHeadline(outcome.savings.rows, view),
  };
}

/** All of its figures as a file. */
export function savingsFile(outcome: SavingsSeen | NotAllowed, view: CaseView): Shown | FileOffer {
  if (outcome.kind === 'notAllowed') return refused(view);
  const { asOf, savings } = outcome;
  return {
    kind: 'file',
    name: `savings-${asOf.slice(0, 10)}.csv`,
    description: text(view, 'file.description'),
    csv: savingsCsv(savings.rows, csvFormFor(view)),
    note: savingsNote(outcome, view),
    source: { of: 'savings' },
  };
}
