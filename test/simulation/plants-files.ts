import { plant, type Plant } from './plant.js';

const PLAN = 'src/cases/answering/files-plan.ts';
const REMOVAL = 'src/actions/recheck-removal.ts';

/** Mistakes about files in OneDrive. */
export const FILES_PLANTS: readonly Plant[] = [
  plant('filesUnanswered', 'files lose their license although nobody has said what becomes of them', [
    REMOVAL,
    `if (losesFiles && policy.reclaim.oneDrive !== 'waive' && !loss.filesSettled) return FILES_FIRST;`,
    '',
  ]),
  plant('filesStayLonger', 'files are said to stay for a hundred days without a license', [
    PLAN,
    'const FILES_DAYS = 93;',
    'const FILES_DAYS = 100;',
  ]),
  plant('filesToThemself', 'the person whose license goes is to get the files', [
    PLAN,
    'const manager = c.manager?.id === c.userId ? undefined : c.manager;',
    'const manager = c.manager;',
  ]),
];
