import type { CardJson } from '../bot/messenger.js';
import type { InReview } from '../cases/admin/admin-desk.js';
import type { CaseIn } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { licenseNames, who } from './case-parts.js';
import { whenText, type CaseView } from './case-view.js';
import { box, button, card, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { yearlyText } from './money-text.js';

export const REVIEW_INPUTS = {
  verdict: (caseId: string): string => `verdict-${caseId}`,
  reason: 'vetoReason',
} as const;

export const REVIEW_PAGE = 5;

export interface ReviewPage {
  readonly page: number;
  /** What became of the choices before, a line each. */
  readonly says?: readonly ReadyText[];
  /** Why, if it is a veto: as it was written already. */
  readonly reason?: string | undefined;
}

/** Decisions whose review time runs, a page of them: one choice each, or all of the page. */
export function reviewCard(
  { cases, who: name }: InReview,
  { page, says = [], reason = '' }: ReviewPage,
  view: CaseView,
): CardJson {
  const pages = Math.max(1, Math.ceil(cases.length / REVIEW_PAGE));
  const at = Math.min(Math.max(1, page), pages);
  const shown = cases.slice((at - 1) * REVIEW_PAGE, at * REVIEW_PAGE);
  const turn = (key: 'admin.review.previous' | 'admin.review.next', to: number): Part =>
    button({
      title: text(view, key),
      verb: 'admin',
      data: { do: 'review', page: to, who: name ?? '' },
      inputs: 'none',
    });
  return card(
    [
      title(reviewHeadline(cases.length, view)),
      ...says.map((each) => line(each)),
      ...shown.map((c) => box('emphasis', decision(c, view))),
      ...(shown.length === 0 ? [] : [reasonInput(reason, view)]),
      ...(pages > 1 ? [quiet(text(view, 'admin.review.page', { page: at, pages }))] : []),
      quiet(text(view, 'admin.review.note')),
    ],
    [
      ...deciding(shown, at, view),
      ...(at > 1 ? [turn('admin.review.previous', at - 1)] : []),
      ...(at < pages ? [turn('admin.review.next', at + 1)] : []),
    ],
  );
}

function deciding(shown: readonly CaseIn<'decided'>[], page: number, reader: Language): readonly Part[] {
  if (shown.length === 0) return [];
  const cases = shown.map(({ caseId, version }) => ({ caseId, version }));
  return [
    button({
      title: text(reader, 'admin.review.send'),
      verb: 'admin',
      data: { do: 'reviewed', cases, page },
    }),
    button({
      title: text(reader, 'admin.review.all'),
      verb: 'admin',
      data: { do: 'releaseAsk', cases },
      inputs: 'none',
    }),
  ];
}

export function reviewHeadline(count: number, reader: Language): ReadyText {
  return text(reader, 'admin.review.headline', { count });
}

function decision(c: CaseIn<'decided'>, view: CaseView): readonly Part[] {
  return [
    ...who(c),
    line(summaryOf(c, view)),
    {
      type: 'Input.ChoiceSet',
      id: REVIEW_INPUTS.verdict(c.caseId),
      label: text(view, 'admin.review.choice', { name: plainText(c.subject.displayName, 60) }),
      style: 'compact',
      placeholder: text(view, 'admin.review.choose'),
      choices: (['release', 'veto'] as const).map((value) => ({
        title: text(view, `admin.review.${value}`),
        value,
      })),
    },
  ];
}

function summaryOf(c: CaseIn<'decided'>, view: CaseView): ReadyText {
  const facts = {
    licenses: licenseNames(c.licenses, view),
    cost: yearlyText(c.annualCost, view.locale),
    by: cardText(c.decision.by.displayName, 60),
    date: whenText(c.actsFrom, view),
  };
  return c.decision.kind === 'reassign'
    ? text(view, 'admin.review.reassign', {
        ...facts,
        receiver: cardText(c.decision.receiver.displayName, 60),
      })
    : text(view, 'admin.review.reclaim', facts);
}

function reasonInput(value: string, reader: Language): Part {
  return {
    type: 'Input.Text',
    id: REVIEW_INPUTS.reason,
    label: text(reader, 'admin.review.reason'),
    isMultiline: true,
    maxLength: 500,
    ...(value === '' ? {} : { value }),
  };
}

/** The page once more, printed, before all of it is released. */
export function releaseAllCard(cases: readonly CaseIn<'decided'>[], view: CaseView): CardJson {
  const count = cases.length;
  return card(
    [
      title(text(view, 'admin.review.ask', { count })),
      ...cases.map((c) => line(releaseText(c, view))),
      line(text(view, 'admin.review.askMeans')),
      quiet(text(view, 'admin.nothingYet')),
    ],
    [
      button({
        title: text(view, 'admin.review.askButton', { count }),
        verb: 'admin',
        data: { do: 'release', cases: cases.map(({ caseId, version }) => ({ caseId, version })) },
        style: 'positive',
      }),
    ],
  );
}

function releaseText(c: CaseIn<'decided'>, view: CaseView): ReadyText {
  const name = `**${cardText(c.subject.displayName, 80)}**` as ReadyText;
  return joined([name, summaryOf(c, view)], '. ');
}
