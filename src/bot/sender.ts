import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import type { Conversation } from './conversations.js';

/** Entra object id as Teams sends it in `from.aadObjectId`; any other text is nobody. */
const ObjectId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((id) => id.toLowerCase() as UserId);

/** Who acts: by the object id that Teams vouches for, never by a name or by what a card says. */
export function senderOf(activity: Activity): UserId | undefined {
  return ObjectId.safeParse(activity.from?.aadObjectId).data;
}

/** Only a personal chat may show what is said here: in a group others would read it. */
export function isPersonal({ conversation }: Activity): boolean {
  return (
    conversation.conversationType === 'personal' || (!conversation.conversationType && !conversation.isGroup)
  );
}

export function conversationOf({ conversation, serviceUrl }: Activity): Conversation {
  return { conversationId: conversation.id, serviceUrl, tenantId: conversation.tenantId };
}
