/**
 * The history of a case: an append-only chain of events (design 4, rule 13).
 *
 * event   what happened, without anything that names a person; carries the hash of the event before it
 * side    the personal part of an event (names, ids, the card as seen); can be erased without breaking the chain,
 *         because the event holds only its salted digest
 * head    the hash of the last event; the case document holds it, and it is written outside the store too
 */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { Doc, Operation } from './store.js';

/** The head of a case without history. */
export const NO_HEAD = '';

/**
 * The chain about the tenant's settings, which is about no person: it lies in `cases` under this name in place of a
 * case id, and a document of kind `settings` carries its head.
 */
export const SETTINGS_CHAIN = 'tenant-settings';

/** Who did it when no person did. */
export const SYSTEM_ACTOR = 'system';

/** JSON: what is left of it after a trip through the store. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface HistoryEvent extends Doc {
  readonly kind: 'event';
  readonly caseId: string;
  /** Counts from 0. */
  readonly seq: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** What happened, such as `asked`. */
  readonly type: string;
  /** Random key that stands for the person whom the case is about. */
  readonly subjectKey: string;
  /** Random key per person and case, or SYSTEM_ACTOR. */
  readonly actorKey: string;
  /** Facts that name nobody: states, dates, SKU ids, amounts. */
  readonly public: Json;
  /** SHA-256 over the salt and the details of the side record. */
  readonly digest: string;
  /** Hash of the event before; NO_HEAD for the first. */
  readonly previous: string;
  /** SHA-256 over everything else in this document. */
  readonly hash: string;
}

export interface HistorySide extends Doc {
  readonly kind: 'side';
  readonly caseId: string;
  readonly seq: number;
  readonly salt: string;
  readonly details: Json;
}

/** Where a chain stands: `seq` events, the last of which has the hash `head`. The case document carries both. */
export interface Head {
  readonly seq: number;
  readonly head: string;
}

export interface Entry {
  readonly type: string;
  readonly at: string;
  readonly actorKey: string;
  readonly public: Json;
  /** Names, ids, texts, the card as seen. */
  readonly private: Json;
}

/**
 * The two documents of one entry, to be written in the same batch as the case under its new head. Several entries in
 * one batch: pass the returned head on.
 * @param salt at least 16 random bytes as hex, new for every entry
 */
export function historyOperations(
  facts: Head & { readonly caseId: string; readonly subjectKey: string },
  entry: Entry,
  salt: string,
): Head & { readonly operations: readonly Operation[] } {
  if (!/^[0-9a-f]{32,}$/.test(salt))
    throw new TypeError('The salt of a history entry has to be 16 bytes or more as hex.');
  const { caseId, seq } = facts;
  // As the store will give it back, so that the digest fits then too.
  const written = canonicalJson(entry.private);
  const details = JSON.parse(written) as Json;
  const unhashed: Omit<HistoryEvent, 'hash'> = {
    id: eventId(seq),
    kind: 'event',
    caseId,
    seq,
    at: entry.at,
    type: entry.type,
    subjectKey: facts.subjectKey,
    actorKey: entry.actorKey,
    public: JSON.parse(canonicalJson(entry.public)) as Json,
    digest: digestOf(salt, written),
    previous: facts.head,
  };
  const event: HistoryEvent = { ...unhashed, hash: eventHash(unhashed) };
  const side: HistorySide = { id: sideId(seq), kind: 'side', caseId, seq, salt, details };
  return {
    operations: [
      { kind: 'create', doc: event },
      { kind: 'create', doc: side },
    ],
    seq: seq + 1,
    head: event.hash,
  };
}

export function eventId(seq: number): string {
  return `evt-${String(seq).padStart(6, '0')}`;
}

export function sideId(seq: number): string {
  return `side-${String(seq).padStart(6, '0')}`;
}

/** Over all properties but `hash` itself, so that no other can be changed, added or left out. */
export function eventHash(event: object): string {
  const { hash: _hash, ...hashed } = event as Readonly<Record<string, unknown>>;
  return sha256(canonicalJson(hashed));
}

export function detailsDigest(salt: string, details: unknown): string {
  return digestOf(salt, canonicalJson(details));
}

/** @param written the details as canonical JSON */
function digestOf(salt: string, written: string): string {
  return sha256(`${salt}\n${written}`);
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
