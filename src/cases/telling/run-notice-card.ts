import { movedNoticeCard, noticeCard, noticeSummary } from '../../cards/notice-card.js';
import type { UserId } from '../../audit/person.js';
import type { CardJson } from '../../bot/messenger.js';
import type { Locale } from '../../i18n/locale.js';
import { viewFor, viewIn } from '../asking/run-cards.js';
import type { Letter } from '../asking/run-letter.js';
import { instant, type Case, type CaseIn, type Instant } from '../case.js';
import type { Doors } from '../doors.js';

/** What a notice is drawn from beside its case. */
interface NoticeFacts {
  readonly stepsFrom: Instant;
  readonly drawnAt: Instant;
  readonly locale: Locale;
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
  return { card: noticeSeen(doors, c, facts), summary: noticeSummary(facts) };
}

/** What the person saw, for the history. */
export function noticeSeen(
  doors: Doors,
  c: CaseIn<'scheduled'>,
  { stepsFrom, drawnAt, locale }: NoticeFacts,
): CardJson {
  const is = { kind: 'told', at: drawnAt, stepsFrom } as const;
  const told: Case = { ...c, version: c.version + 1, notice: { ...c.notice, is } };
  return noticeCard(told, { ...viewIn(doors, locale), now: drawnAt });
}

/** The card in the person's chat as the case stands now. */
export async function noticeNow(doors: Doors, c: Case): Promise<CardJson> {
  return noticeCard(c, await viewFor(doors, c.userId));
}

/** What is left of a notice in whose place a newer one came. */
export async function movedNotice(doors: Doors, to: UserId): Promise<CardJson> {
  return movedNoticeCard(await viewFor(doors, to));
}
