import { plant, type Plant } from './plant.js';

const SECOND = 'src/cases/campaign/second-person.ts';

/** Mistakes about who approves what. */
export const CAMPAIGN_PLANTS: readonly Plant[] = [
  plant('bulkAlone', 'who asked for many questions at once approves them alone', [
    SECOND,
    'known.delete(asker.toLowerCase());',
    '',
  ]),
  plant('bulkUnapproved', 'many questions at once need no approval', [
    'src/cases/campaign/run-approved-part.ts',
    'plan.begun.length + plan.open.length > rules.bulkOver',
    'plan.begun.length + plan.open.length > rules.bulkOver * 100',
  ]),
  plant('terminalCounts', 'an approval at a terminal counts as that of another person', [
    SECOND,
    'approvers.filter(isKnownPerson).map(',
    'approvers.map(',
  ]),
  plant('approvedForAll', 'an approval holds for whoever comes into the plan later', [
    'src/cases/campaign/approved-part.ts',
    'approvals.filter(({ covers }) => isCovered(question, covers))',
    'approvals.filter(({ covers }) => covers.size > 0 || isCovered(question, covers))',
  ]),
];
