import type { Instant } from '../../cases/case.js';
import type { Head, SETTINGS_CHAIN } from '../../store/history.js';
import type { Doc } from '../../store/store.js';

/** The one document about names in reports; it lies beside its history, so that both change in one batch. */
export const NAMES_SHOWN = 'names-shown';

/** A reader who is not heard of for so long is gone. Three times as long as the pause between two signs of life. */
export const HOLD_MS = 3 * 60_000;
/** Longer than the door that conceals ever goes on with one call. */
export const CONCEAL_MS = 5 * 60_000;
/** Names are never shown for longer than this for one audit, however long its reports take. */
export const LONGEST_MS = 45 * 60_000;

/** Somebody who reads reports while names are shown, or who is about to conceal them. */
export interface Holder {
  /** Random, one per audit. */
  readonly id: string;
  readonly until: Instant;
}

/**
 * Whether this program shows names in the tenant's reports. Written before every change of the setting.
 * intended    noted; the setting may have been changed already
 * shown       the setting was changed and read back
 * concealing  somebody is about to conceal, so nobody may begin to read
 * concealed   the setting is as it was before
 */
export interface NamesShown extends Doc, Head {
  readonly kind: 'settings';
  readonly caseId: typeof SETTINGS_CHAIN;
  readonly state: 'intended' | 'shown' | 'concealing' | 'concealed';
  /** When it was noted: names were not shown before. */
  readonly startedAt: Instant;
  /** The setting was read back as shown. */
  readonly confirmed: boolean;
  readonly holders: readonly Holder[];
  /** The due row that conceals when nobody else does. */
  readonly row: string;
}

export type NamesEvent =
  | { readonly type: 'namesNoted' }
  | { readonly type: 'namesShown' }
  /** Concealed by us and read back. `by` an audit at its end, or whoever found that the audit was gone. */
  | { readonly type: 'namesConcealed'; readonly by: 'audit' | 'recovery'; readonly minutes: number }
  /** The setting stood at concealed before we touched it. */
  | { readonly type: 'namesFoundConcealed'; readonly minutes: number }
  /** Somebody else showed names after we had noted to do it; theirs, so left alone. */
  | { readonly type: 'namesLeftToOthers' }
  /** Our change arrived after somebody else had put the setting back. */
  | { readonly type: 'namesShownLate' };

/** What may be done with names in reports, as the document tells. */
export type Stand =
  /** Nothing of ours is under way. */
  | { readonly is: 'over' }
  /** Somebody reads while names are shown: others may join. */
  | { readonly is: 'open' }
  /** Somebody is about to show or to conceal names. */
  | { readonly is: 'busy'; readonly until: Instant }
  /** Whoever showed names is gone: they gave up themself, or, as the clock says, were not heard of for long. */
  | { readonly is: 'abandoned'; readonly by: 'itself' | 'clock' };

export function standOf(doc: NamesShown | undefined, now: Instant): Stand {
  if (doc === undefined || doc.state === 'concealed') return { is: 'over' };
  const [first, ...rest] = liveHolders(doc, now).map(({ until }) => until);
  if (first === undefined) return { is: 'abandoned', by: doc.holders.length === 0 ? 'itself' : 'clock' };
  if (doc.state === 'shown') return { is: 'open' };
  return { is: 'busy', until: rest.reduce((latest, each) => (each > latest ? each : latest), first) };
}

export function liveHolders({ holders }: Pick<NamesShown, 'holders'>, now: Instant): readonly Holder[] {
  return holders.filter(({ until }) => until > now);
}

export function isHeldBy(doc: NamesShown | undefined, id: string): doc is NamesShown {
  return doc !== undefined && doc.state !== 'concealed' && doc.holders.some((holder) => holder.id === id);
}

/** The holders with one of them set anew; those who are gone are left out. */
export function withHolder(doc: NamesShown, holder: Holder, now: Instant): NamesShown {
  const others = liveHolders(doc, now).filter(({ id }) => id !== holder.id);
  return { ...doc, holders: [...others, holder] };
}

export function withoutHolder(doc: NamesShown, id: string, now: Instant): NamesShown {
  return { ...doc, holders: liveHolders(doc, now).filter((holder) => holder.id !== id) };
}

/** Whole minutes from the note on, begun ones counted: names were shown for no longer than that. */
export function minutesOpen({ startedAt }: Pick<NamesShown, 'startedAt'>, now: Instant): number {
  return Math.max(1, Math.ceil((Date.parse(now) - Date.parse(startedAt)) / 60_000));
}
