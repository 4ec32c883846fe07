import { plant, type Plant } from './plant.js';

const MOVE = 'src/cases/run-move.ts';
const ERASING = 'src/cases/erasing.ts';

export const RECORD_PLANTS: readonly Plant[] = [
  plant('nameStays', 'an erased case still says whom it was about', [
    ERASING,
    'userId: ERASED.id,',
    'userId: c.userId,',
  ]),
  plant('detailsStay', 'the details beside the history of an erased case stay', [
    'src/cases/run-erasing.ts',
    'await eraseDetails(store, doc.caseId);',
    '',
  ]),
  plant('erasedAtOnce', 'names go as soon as a case has ended', [
    ERASING,
    'return c.closedAt <= erasedBefore(policy, now);',
    'return c.closedAt <= now;',
  ]),
  plant('neverErased', 'the names in cases stay', [
    'src/cases/run-erasing.ts',
    'if (isToErase(doc, doors.policy, now)) over.push({ doc, etag });',
    '',
  ]),
  plant('findingsStay', 'what old audits found stays', [
    'src/audit/run-erasing.ts',
    `for (const kind of ['finding', 'idle']) await removeAll(store, doc.runId, kind);`,
    '',
  ]),
  plant('headsUnlogged', 'the heads of histories are in the store only', [
    MOVE,
    `log.info('A case moved.', { caseId, event: event.type, state, seq, head });`,
    '',
  ]),
  plant('headBefore', 'the log tells the head before the one that was written', [
    MOVE,
    'const { caseId, state, seq, head } = next;',
    'const { caseId, state, seq } = next;\n  const { head } = stored.doc;',
  ]),
];
