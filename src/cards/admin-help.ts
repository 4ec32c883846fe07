import type { MessageKey } from '../i18n/locale.js';

/** What only admins can have done, and what it means. Every example is understood by the chat. */
export const ADMIN_REQUESTS: readonly (readonly [
  ask: Extract<MessageKey, `ask.${string}`>,
  meaning: Extract<MessageKey, `help.admin.${string}`>,
])[] = [
  ['ask.audit', 'help.admin.audit'],
  ['ask.status', 'help.admin.status'],
  ['ask.approve', 'help.admin.approve'],
  ['ask.review', 'help.admin.review'],
  ['ask.pause', 'help.admin.pause'],
  ['ask.stop', 'help.admin.stop'],
  ['ask.protect', 'help.admin.protect'],
  ['ask.exempt', 'help.admin.exempt'],
  ['ask.protections', 'help.admin.protections'],
  ['ask.roster', 'help.admin.roster'],
  ['ask.adminHistory', 'help.admin.history'],
];
