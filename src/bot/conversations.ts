import type { UserId } from '../audit/person.js';
import type { Instant } from '../cases/case.js';
import { changeDocument } from '../store/change-document.js';
import type { Doc, Store, Stored } from '../store/store.js';

/** Where a person's own chat with the bot is. */
export interface Conversation {
  readonly conversationId: string;
  readonly serviceUrl: string;
  readonly tenantId: string | undefined;
}

interface RefDoc extends Doc {
  readonly kind: 'ref';
  readonly conversation: Conversation | undefined;
  /** Set once: the welcome is not repeated. */
  readonly welcomedAt: Instant | undefined;
  readonly greetedAt: Instant | undefined;
  /** Such as `de-DE`, as Teams said last, or the directory before that; empty: neither did. Absent: nobody was asked. */
  readonly language?: string;
  /** IANA zone, as Teams said last. */
  readonly timeZone?: string;
  /** Usage location, as the directory said, such as `DE`; empty: it names none. Absent: it was not asked. */
  readonly country?: string;
}

/** How somebody reads, as far as it is known. */
export type ReaderFacts = Pick<RefDoc, 'language' | 'timeZone' | 'country'>;
/** What Teams says of whoever acts; what it does not say stays as it was. */
export type ClientFacts = Pick<RefDoc, 'language' | 'timeZone'>;
/** What the directory says; empty: nothing. */
export type DirectoryFacts = Required<Pick<RefDoc, 'language' | 'country'>>;

/** welcome: first meeting. back: met before. already: the same arrival, told by a second event. */
export type Greeting = 'welcome' | 'back' | 'already';

/** One conversation reference per person, by Entra object id, in the store. */
export interface Conversations {
  of(userId: UserId): Promise<Conversation | undefined>;
  remember(userId: UserId, conversation: Conversation, client?: ClientFacts): Promise<void>;
  learn(userId: UserId, client: ClientFacts): Promise<void>;
  /** What the directory says, where Teams has said nothing. */
  assume(userId: UserId, facts: DirectoryFacts): Promise<void>;
  factsOf(userId: UserId): Promise<ReaderFacts>;
  /** Forgets the conversation if it is still this one; that the person was welcomed is kept. */
  forget(userId: UserId, conversationId: string): Promise<void>;
  /** Decides, once for all instances, how an arrival is greeted. Teams tells one arrival by two events. */
  greet(userId: UserId, now: Instant): Promise<Greeting>;
}

const SAME_ARRIVAL_MS = 5_000;

export function openConversations(store: Store): Conversations {
  return {
    of: async (userId) => (await read(store, userId))?.doc.conversation,
    remember: async (userId, conversation, client = {}) => {
      await change(store, userId, (doc) =>
        isSame(doc.conversation, conversation) && isKnown(doc, client)
          ? undefined
          : { ...doc, conversation, ...client },
      );
    },
    learn: async (userId, client) => {
      if (Object.keys(client).length === 0) return;
      await change(store, userId, (doc) => (isKnown(doc, client) ? undefined : { ...doc, ...client }));
    },
    assume: async (userId, { language, country }) => {
      await change(store, userId, (doc) =>
        doc.language === undefined || doc.country === undefined
          ? { ...doc, language: doc.language ?? language, country: doc.country ?? country }
          : undefined,
      );
    },
    factsOf: async (userId) => (await read(store, userId))?.doc ?? {},
    forget: async (userId, conversationId) => {
      await change(store, userId, (doc) =>
        doc.conversation?.conversationId === conversationId ? { ...doc, conversation: undefined } : undefined,
      );
    },
    greet: async (userId, now) => {
      let greeting: Greeting = 'already';
      await change(store, userId, (doc) => {
        const recent =
          doc.greetedAt !== undefined && Date.parse(now) - Date.parse(doc.greetedAt) < SAME_ARRIVAL_MS;
        greeting = recent ? 'already' : doc.welcomedAt === undefined ? 'welcome' : 'back';
        return recent ? undefined : { ...doc, welcomedAt: doc.welcomedAt ?? now, greetedAt: now };
      });
      return greeting;
    },
  };
}

function read(store: Store, userId: UserId): Promise<Stored<RefDoc> | undefined> {
  return store.read<RefDoc>('refs', userId, userId);
}

/** `decide` gives undefined where nothing changes. */
async function change(
  store: Store,
  userId: UserId,
  decide: (doc: RefDoc) => RefDoc | undefined,
): Promise<void> {
  await changeDocument<RefDoc>(store, 'refs', userId, (doc) => decide(doc ?? newRef(userId)));
}

function newRef(userId: UserId): RefDoc {
  return { id: userId, kind: 'ref', conversation: undefined, welcomedAt: undefined, greetedAt: undefined };
}

function isKnown(doc: RefDoc, client: ClientFacts): boolean {
  const { language = doc.language, timeZone = doc.timeZone } = client;
  return doc.language === language && doc.timeZone === timeZone;
}

function isSame(a: Conversation | undefined, b: Conversation): boolean {
  return a?.conversationId === b.conversationId && a.serviceUrl === b.serviceUrl && a.tenantId === b.tenantId;
}
