import type { MessageKey } from '../i18n/locale.js';

/** What only admins can have done, and what it means. Every example is understood by the chat. */
export const ADMIN_REQUESTS: readonly (readonly [
  request: string,
  meaning: Extract<MessageKey, `help.admin.${string}`>,
])[] = [
  ['run audit', 'help.admin.audit'],
  ['campaign status', 'help.admin.status'],
  ['approve', 'help.admin.approve'],
  ['review', 'help.admin.review'],
  ['pause because REASON', 'help.admin.pause'],
  ['stop', 'help.admin.stop'],
  ['protect NAME because REASON', 'help.admin.protect'],
  ['exempt NAME until 2027-01-31 because REASON', 'help.admin.exempt'],
  ['protections', 'help.admin.protections'],
  ['import roster', 'help.admin.roster'],
  ['admin history', 'help.admin.history'],
];
