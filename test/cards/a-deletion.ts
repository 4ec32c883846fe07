import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { Instant } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { CASES, MANAGER } from './a-case.js';

/** Cards of cases whose account goes in the end, or whose mail is gone. */
export const deletionsIn = (view: CaseView): Readonly<Record<string, CardJson>> => ({
  'closed-files-deleted': caseCard(
    {
      ...CASES.closed,
      files: { is: 'handedOver', to: MANAGER, deletedAt: '2027-02-12T09:05:00.000Z' as Instant },
    },
    view,
  ),
  'holding-deletes-admin': caseCard(
    { ...CASES.holding, scenario: 'disabledButLicensed', deletes: true },
    { ...view, reader: 'admin', policy: policyOf('timetable: { delete: P60D }') },
  ),
  'holding-mail-goes': caseCard({ ...CASES.holding, holdUntil: '2027-02-12T09:05:00.000Z' as Instant }, view),
  'undone-mail-gone': caseCard({ ...CASES.undone, mailGone: true }, view),
});
