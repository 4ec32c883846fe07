import type { WaitingCount } from '../../src/cases/admin/waiting.js';
import type { Instant } from '../../src/cases/case.js';

/** One of everything that can wait for admins; since when the last does nobody knows. */
export const WAITING: readonly WaitingCount[] = [
  { for: 'pause', count: 1, since: '2026-11-22T09:15:00.000Z' as Instant },
  { for: 'audit', count: 1, since: '2026-11-23T06:12:00.000Z' as Instant },
  { for: 'plan', count: 1, since: '2026-11-23T06:12:00.000Z' as Instant },
  { for: 'seats', count: 1, since: '2026-11-23T06:12:00.000Z' as Instant },
  { for: 'review', count: 12, since: '2026-11-16T08:10:00.000Z' as Instant },
  { for: 'mailbox', count: 4, since: '2026-11-19T14:02:00.000Z' as Instant },
  { for: 'signIn', count: 2, since: '2026-11-20T07:00:00.000Z' as Instant },
  { for: 'obstacle', count: 1, since: '2026-11-20T07:00:00.000Z' as Instant },
  { for: 'licenses', count: 3, since: '2026-11-21T10:30:00.000Z' as Instant },
  { for: 'undo', count: 1 },
];
