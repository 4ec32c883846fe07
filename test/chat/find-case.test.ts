import { describe, expect, it } from '@jest/globals';
import { caseToWaiveIn, findCase } from '../../src/chat/find-case.js';
import type { Asker } from '../../src/chat/answer.js';
import type { PersonMatch } from '../../src/chat/read-model.js';
import type { CaseId } from '../../src/cases/case.js';
import { ADMIN, CASES, FACTS, MANAGER, RECEIVER } from '../cards/a-case.js';
import { chatSources } from './chat-sources.js';

/** Somebody who is an admin and of HR. */
const BOTH: Asker = { userId: ADMIN.id, roles: ['admin', 'hr'] };
const SEALED = {
  ...CASES.needsPerson,
  lane: 'hr',
  caseId: 'sealed-1' as CaseId,
  userId: MANAGER.id,
} as const;
const OTHER = { userId: RECEIVER.id, displayName: 'Adele Other', userPrincipalName: 'other@harbor.example' };

/** HR has one case of somebody whose name begins alike; `seen`: cases that were written down as looked at. */
function sources(match: PersonMatch): {
  readonly from: ReturnType<typeof chatSources>;
  readonly seen: readonly CaseId[];
} {
  const seen: CaseId[] = [];
  const from = chatSources(
    { findPerson: async () => match },
    {
      waitingFor: async () => [],
      findSealed: async () => ({ kind: 'one', case: SEALED }),
      show: async ({ caseId }) => {
        seen.push(caseId);
        return SEALED;
      },
    },
  );
  return { from, seen };
}

describe('A case of HR’s that is found', () => {
  it('is written down as looked at where it is only named beside others', async () => {
    const { from, seen } = sources({ kind: 'one', ...OTHER });
    const found = await findCase('Adele', BOTH, from);
    expect(found.kind).toBe('several');
    expect(JSON.stringify(found)).toContain(FACTS.subject.displayName);
    expect(JSON.stringify(found)).toContain('Adele Other');
    expect(seen).toEqual(['sealed-1']);
  });

  it('is written down once where it alone is meant', async () => {
    const { from, seen } = sources({ kind: 'none' });
    expect(await findCase('Adele', BOTH, from)).toMatchObject({ kind: 'case', case: { caseId: 'sealed-1' } });
    expect(seen).toEqual(['sealed-1']);
  });

  it('is written down where it is named beside one in which an admin may waive something', async () => {
    const names = [OTHER, { ...OTHER, displayName: 'Adele Third' }];
    const { from, seen } = sources({ kind: 'several', names });
    const found = await caseToWaiveIn('Adele', BOTH, from);
    expect(JSON.stringify(found)).toContain('Adele Third');
    expect(JSON.stringify(found)).toContain(FACTS.subject.displayName);
    expect(seen).toEqual(['sealed-1']);
  });
});
