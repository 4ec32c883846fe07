import type { UserId } from '../../audit/person.js';
import { TERMINAL, type Case, type CaseFacts, type MessageRef } from '../case.js';

/** A card of a case in somebody's chat, beside the one with its question. */
export interface CardCopy {
  readonly to: UserId;
  readonly message: MessageRef;
  /** The version of the case that it shows. */
  readonly shows: number;
}

/** Of one case; those that were opened before them keep what they say until they are clicked. */
export const MOST_FURTHER = 8;

/** The cards of a case beside the one with its question: HR's, and those that people opened. */
export function copiesOf({ copies = [], further = [] }: Case): readonly CardCopy[] {
  return [...copies, ...further];
}

/**
 * A case of which one more card stands in somebody's chat; undefined where there is nothing to remember of it. What one that
 * is known shows is for the worker to say: an older edit of its own may be on its way still, and come last. Pure.
 */
export function withFurther(c: Case, copy: CardCopy): Case | undefined {
  if (c.erasedAt !== undefined) return undefined;
  const known = [c.message, c.notice?.message, ...copiesOf(c).map(({ message }) => message)];
  if (known.some((each) => each !== undefined && isSameMessage(each, copy.message))) return undefined;
  return willChange(c, copy)
    ? { ...c, further: [...(c.further ?? []), copy].slice(-MOST_FURTHER) }
    : undefined;
}

/**
 * A case about which a question or reminder was delivered to somebody when nothing was to be asked of them any more: it takes
 * the place of the messages that it replaces, and of none else. undefined: the case knows it. Pure.
 */
export function withLateQuestion(c: Case, copy: CardCopy, replaces: readonly MessageRef[]): Case | undefined {
  const kept = withFurther(c, copy);
  const { message } = c;
  const isFree = message === undefined || replaces.some((each) => isSameMessage(each, message));
  return kept === undefined || !isFree
    ? kept
    : { ...c, message: { ...copy.message, shows: copy.shows, to: copy.to } };
}

/**
 * A case one of whose cards shows an older version by now than it knew: an answer to a click came late. undefined: none does,
 * or it shows at most that. Pure.
 */
export function withOlder(
  c: Case,
  { message, shows }: Pick<CardCopy, 'message' | 'shows'>,
): Case | undefined {
  const isOlder = (known: MessageRef & { readonly shows: number }): boolean =>
    isSameMessage(known, message) && known.shows > shows;
  const older = (list: readonly CardCopy[]): readonly CardCopy[] =>
    list.map((each) => (isOlder({ ...each.message, shows: each.shows }) ? { ...each, shows } : each));
  if (c.erasedAt !== undefined) return undefined;
  if (c.message !== undefined && isOlder(c.message)) return { ...c, message: { ...c.message, shows } };
  const { notice } = c;
  if (notice?.message !== undefined && isOlder(notice.message))
    return { ...c, notice: { ...notice, message: { ...notice.message, shows } } };
  if (!copiesOf(c).some((each) => isOlder({ ...each.message, shows: each.shows }))) return undefined;
  return {
    ...c,
    ...(c.copies === undefined ? {} : { copies: older(c.copies) }),
    ...(c.further === undefined ? {} : { further: older(c.further) }),
  };
}

function willChange({ state, version }: Case, { shows }: CardCopy): boolean {
  return shows < version || !(TERMINAL as readonly string[]).includes(state);
}

/**
 * The copies of a case after one of them was edited. Pure.
 * @param shows undefined: there is nothing more to edit
 */
export function afterEdit(
  { copies, further }: Case,
  edited: CardCopy,
  shows: number | undefined,
): Pick<CaseFacts, 'copies' | 'further'> {
  const after = (list: readonly CardCopy[]): readonly CardCopy[] =>
    list.flatMap((each) => {
      if (!isSameMessage(each.message, edited.message)) return [each];
      return shows === undefined ? [] : [{ ...each, shows }];
    });
  return {
    ...(copies === undefined ? {} : { copies: after(copies) }),
    ...(further === undefined ? {} : { further: after(further) }),
  };
}

/** Ids of activities say nothing without their conversation. */
export function isSameMessage(a: MessageRef, b: MessageRef): boolean {
  return a.activityId === b.activityId && a.conversationId === b.conversationId;
}
