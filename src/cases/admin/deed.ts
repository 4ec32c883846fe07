import type { Head } from '../../store/history.js';
import type { Doc } from '../../store/store.js';
import type { Instant, PersonRef } from '../case.js';

/** The chain of what admins did to the whole campaign; it lies in `cases` under this name in place of a case id. */
export const DEEDS_CHAIN = 'admin-deeds';
export const DEEDS_HEAD = 'admin-deeds';

/** The head of the chain: nothing of it is about one person. */
export interface DeedsDoc extends Doc, Head {
  readonly kind: 'settings';
  readonly caseId: typeof DEEDS_CHAIN;
  /** Random salt from which the keys of the acting people are made. */
  readonly actorSalt: string;
}

/** The campaign was held, which is done also where it cannot be written down before. */
export interface HoldDeed {
  readonly type: 'paused' | 'stopped';
  readonly reason?: string | undefined;
}

/** What an admin did that is about no case alone. Written down before it is carried out (safety rule 9). */
export type Deed =
  | HoldDeed
  | { readonly type: 'resumed'; readonly reason?: string | undefined }
  | { readonly type: 'auditAsked'; readonly commandId: string }
  | { readonly type: 'approved'; readonly planId: string }
  | {
      readonly type: 'protected' | 'exempted';
      readonly person: PersonRef;
      readonly until: string | undefined;
      readonly reason: string;
    }
  | { readonly type: 'unprotected'; readonly person: PersonRef }
  /** `file`: its name, which people choose. */
  | {
      readonly type: 'rosterImported' | 'rosterTakenBack';
      readonly file: string;
      readonly rosterId: string;
    };

/** What may stand in the history for ever: no names, no ids of people, no texts by people. Pure. */
export function publicOf(deed: Deed): Readonly<Record<string, string>> {
  switch (deed.type) {
    case 'paused':
    case 'resumed':
    case 'stopped':
      return {};
    case 'unprotected':
      return {};
    case 'protected':
    case 'exempted':
      return deed.until === undefined ? {} : { until: deed.until };
    case 'approved':
      return { planId: deed.planId };
    case 'auditAsked':
      return { commandId: deed.commandId };
    case 'rosterImported':
    case 'rosterTakenBack':
      return { rosterId: deed.rosterId };
    default:
      return deed satisfies never;
  }
}

/** The erasable rest: who did it, whom it is about, and why in their words. Pure. */
export function privateOf(deed: Deed, by: PersonRef): Readonly<Record<string, string>> {
  return {
    by: by.displayName,
    byId: by.id,
    ...('person' in deed ? { person: deed.person.displayName, personId: deed.person.id } : {}),
    ...('file' in deed ? { file: deed.file } : {}),
    ...('reason' in deed && deed.reason !== undefined ? { reason: deed.reason } : {}),
  };
}

/** Of a deed that may be entered afterwards: when it was done, and by which order it is entered then. */
export interface LateEntry {
  readonly doneAt: Instant;
  readonly commandId: string;
}

/** One deed as it is told: of one whose names were erased, only what and when is left. */
export interface DeedTold {
  /** ISO 8601. */
  readonly at: string;
  /** A `Deed` type, or one of another version. */
  readonly type: string;
  readonly by: string | undefined;
  /** Whom, which plan or which file it is about. */
  readonly about: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly until: string | undefined;
  readonly reason: string | undefined;
}

const TYPES = {
  paused: true,
  resumed: true,
  stopped: true,
  auditAsked: true,
  approved: true,
  protected: true,
  exempted: true,
  unprotected: true,
  rosterImported: true,
  rosterTakenBack: true,
} as const satisfies Record<Deed['type'], true>;

export function isDeedType(type: string): type is Deed['type'] {
  return Object.hasOwn(TYPES, type);
}

/** An entry of the chain. Pure. */
export function deedTold(
  { at, type }: { readonly at: string; readonly type: string },
  facts: Readonly<Record<string, unknown>>,
  details: Readonly<Record<string, unknown>> | undefined,
): DeedTold {
  return {
    at: textIn(facts, 'doneAt') ?? at,
    type,
    by: textIn(details, 'by'),
    about: textIn(details, 'person') ?? textIn(details, 'file') ?? textIn(facts, 'planId'),
    until: textIn(facts, 'until'),
    reason: textIn(details, 'reason'),
  };
}

function textIn(facts: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined {
  const value = facts !== undefined && Object.hasOwn(facts, key) ? facts[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
