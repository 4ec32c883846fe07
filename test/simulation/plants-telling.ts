import { plant, type Plant } from './plant.js';

export const TELLING_PLANTS: readonly Plant[] = [
  plant('adminsForgotten', 'admins who were told once are not told of what is new', [
    'src/cases/admin/admin-telling.ts',
    'const isNew = waiting.some(({ key }) => told?.keys.includes(key) !== true);',
    'const isNew = told === undefined && waiting.length > 0;',
  ]),
  plant('adminsToldTwice', 'that an admin is about to be told is not written down before', [
    'src/cases/admin/run-telling-admins.ts',
    'now.turn === seen.turn ? { ...now, turn } : undefined',
    'now.turn === seen.turn ? { ...now } : undefined',
  ]),
  plant('sealedTold', 'what HR has counts as waiting for the admins', [
    'src/cases/run-all-cases.ts',
    'if (!isSealed(doc)) cases.push(doc);',
    'cases.push(doc);',
  ]),
  plant('sealedTaskUntold', 'a task in one of HR’s cases is told to nobody', [
    'src/cases/transition-steps.ts',
    'if (!isReturn && !isSealed(c)) return {};',
    'if (!isReturn) return {};',
  ]),
  plant('putOffForEver', 'a step that was put off is never looked at again', [
    'src/actions/run-step-moves.ts',
    'await lookAgain(doors, stored, ms ?? Math.max(usual, seldom));',
    'await lookAgain(doors, stored, 100 * DAY_MS);',
  ]),
];
