import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { Asker, Shown } from './answer.js';
import type { ChatRequest } from './request.js';
import { say } from './say.js';

/** Why somebody is not answered who is no admin; undefined for admins. */
export function refusalOf(
  { roles, rolesUnknown }: Asker,
  what: 'whatIf' | 'deliveries' | 'waive' | 'remind',
  reader: Language,
): Shown | undefined {
  if (rolesUnknown) return say(text(reader, 'chat.rolesUnknown'));
  if (roles.includes('admin')) return undefined;
  return say(text(reader, 'chat.refused', { why: text(reader, `chat.refused.${what}`) }));
}

/** Suggestions that help somebody without a role. */
const FOR_ANYBODY: ReadonlySet<string> = new Set(['waiting', 'help']);

/**
 * Why somebody without a role gets the page about themself in place of what they wrote: it is for others, or for nobody;
 * undefined: they may ask for it.
 */
export function whyOwnPage(request: ChatRequest, reader: Language): ReadyText | undefined {
  switch (request.kind) {
    case 'question':
      return text(reader, 'chat.refused.lists');
    case 'whatIf':
    case 'deliveries':
    case 'remind':
      return text(reader, `chat.refused.${request.kind}`);
    case 'waive':
    case 'waiveUnclear':
      return text(reader, 'chat.refused.waive');
    case 'admin':
      return whyOwnPage(request.otherwise, reader);
    case 'unknown':
      return request.suggestions.some((each) => FOR_ANYBODY.has(each))
        ? undefined
        : text(reader, 'chat.unknown');
    default:
      return undefined;
  }
}
