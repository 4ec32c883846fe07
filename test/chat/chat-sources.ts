import type { ChatSources } from '../../src/chat/answer.js';
import type { AuditRows, ReadModel } from '../../src/chat/read-model.js';
import { FIGURES, ROWS, VOCABULARY } from './query/a-tenant.js';

/** The audit of the small tenant. */
export const AUDIT: AuditRows = {
  run: FIGURES,
  rows: ROWS,
  vocabulary: VOCABULARY,
  tooMany: new Set(),
  unproven: [],
};

/** What the chat reads where there is nothing to read: no audit, no case, nobody who waits. Beside it `change` holds. */
export function chatSources(
  change: Partial<ReadModel> = {},
  desk: Partial<ChatSources['desk']> = {},
): ChatSources {
  return {
    desk: {
      hrQueue: async () => ({ cases: [], more: 0, parked: [], moreParked: 0 }),
      findSealed: async () => ({ kind: 'none' }),
      waitingFor: async () => [],
      show: async () => 'noSuchCase',
      ...desk,
    },
    readModel: {
      latestAudit: async () => undefined,
      findingOf: async () => undefined,
      ownRecord: async () => ({ auditedAt: undefined, facts: undefined, told: undefined }),
      unsealedCases: async () => [],
      lastQuestion: async () => undefined,
      backTest: async () => undefined,
      findPerson: async () => ({ kind: 'none' }),
      casesOf: async () => [],
      forAdmins: async () => [],
      deliveries: async () => [],
      addressed: async () => [],
      historyOf: async () => [],
      groupNames: async () => new Map(),
      nameOf: async () => undefined,
      protectionOf: async () => undefined,
      ...change,
    },
  };
}

/** The same after that audit. */
export function auditedSources(
  change: Partial<ReadModel> = {},
  desk: Partial<ChatSources['desk']> = {},
): ChatSources {
  return chatSources({ latestAudit: async () => AUDIT, ...change }, desk);
}
