import { nameOf } from './cast.js';
import type { Effect } from './tenant.js';

const WORDS: Readonly<Record<string, string>> = {
  disable: 'sign-ins blocked',
  enable: 'sign-ins allowed',
  revokeSessions: 'signed out',
  share: 'mailboxes shared',
  unshare: 'mailboxes unshared',
  leaveGroup: 'groups left',
  joinGroup: 'groups joined',
  deletePerson: 'accounts deleted',
  restorePerson: 'accounts restored',
};

/** As what an effect is counted. */
export function wordsFor({ kind, took }: Effect): string {
  return WORDS[kind] ?? (took.length > 0 ? 'licenses taken' : 'licenses given');
}

/** An effect as the story tells it. */
export function effectInWords({ kind, userId, by, took, gave }: Effect): string {
  const who = by === 'hand' ? 'hand' : `process-${by}`;
  if (kind !== 'changeLicenses') return `${nameOf(userId)}: ${kind} by ${who}`;
  const what = (list: Effect['took']): string => list.map(({ skuId }) => skuId.slice(0, 4)).join();
  return `${nameOf(userId)} loses [${what(took)}] and gets [${what(gave)}] by ${who}`;
}
