import { movedNoticeCard, noticeCard, NOTICE_SUMMARY } from '../../cards/notice-card.js';
import type { CardJson } from '../../bot/messenger.js';
import { viewOf } from '../asking/run-cards.js';
import type { Letter } from '../asking/run-letter.js';
import { instant, type Case, type CaseIn, type Instant } from '../case.js';
import type { Doors } from '../doors.js';

/** What a notice is drawn from beside its case. */
interface NoticeFacts {
  readonly stepsFrom: Instant;
  readonly drawnAt: Instant;
}

/** No step before this where the person is told now: they have the time that the policy gives them. */
export function stepsAfter({ policy }: Doors, c: CaseIn<'scheduled'>, toldAt: Instant): Instant {
  const { person } = policy.tell;
  const given = instant(new Date(Date.parse(toldAt) + (person === 'never' ? 0 : person)));
  const first = c.steps.find(({ progress }) => progress.is === 'planned')?.notBefore ?? given;
  return first > given ? first : given;
}

/** The message that tells the person, as it will be once it is delivered. */
export function noticeLetter(doors: Doors, c: CaseIn<'scheduled'>, facts: NoticeFacts): Letter {
  return { card: noticeSeen(doors, c, facts), summary: NOTICE_SUMMARY };
}

/** What the person saw, for the history. */
export function noticeSeen(
  doors: Doors,
  c: CaseIn<'scheduled'>,
  { stepsFrom, drawnAt }: NoticeFacts,
): CardJson {
  const is = { kind: 'told', at: drawnAt, stepsFrom } as const;
  const told: Case = { ...c, version: c.version + 1, notice: { ...c.notice, is } };
  return noticeCard(told, { ...viewOf(doors), now: drawnAt });
}

/** The card in the person's chat as the case stands now. */
export function noticeNow(doors: Doors, c: Case): CardJson {
  return noticeCard(c, viewOf(doors));
}

/** What is left of a notice in whose place a newer one came. */
export function movedNotice(): CardJson {
  return movedNoticeCard();
}
