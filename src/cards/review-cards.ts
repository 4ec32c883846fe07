import type { CardJson } from '../bot/messenger.js';
import type { InReview } from '../cases/admin/admin-desk.js';
import type { CaseIn } from '../cases/case.js';
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
  readonly says?: readonly string[];
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
  const seen = shown.map(({ caseId, version }) => ({ caseId, version }));
  const turn = (text: string, to: number): Part =>
    button({ title: text, verb: 'admin', data: { do: 'review', page: to, who: name ?? '' }, inputs: 'none' });
  return card(
    [
      title(reviewHeadline(cases.length)),
      ...says.map((text) => line(text)),
      ...shown.map((c) => box('emphasis', decision(c, view))),
      ...(shown.length === 0 ? [] : [reasonInput(reason)]),
      ...(pages > 1 ? [quiet(`Page ${at} of ${pages}.`)] : []),
      quiet('For whom you choose nothing, the review time goes on, and the steps begin at their dates.'),
    ],
    [
      ...(shown.length === 0
        ? []
        : [
            button({
              title: 'Send my choices',
              verb: 'admin',
              data: { do: 'reviewed', cases: seen, page: at },
            }),
            button({
              title: 'Release all on this page',
              verb: 'admin',
              data: { do: 'releaseAsk', cases: seen },
              inputs: 'none',
            }),
          ]),
      ...(at > 1 ? [turn('Previous', at - 1)] : []),
      ...(at < pages ? [turn('Next', at + 1)] : []),
    ],
  );
}

export function reviewHeadline(count: number): string {
  if (count === 0) return 'No decision waits for a review';
  return count === 1 ? '1 decision is in review' : `${count} decisions are in review`;
}

function decision(c: CaseIn<'decided'>, view: CaseView): readonly Part[] {
  return [
    ...who(c),
    line(summaryOf(c, view)),
    {
      type: 'Input.ChoiceSet',
      id: REVIEW_INPUTS.verdict(c.caseId),
      label: `Your choice for ${plainText(c.subject.displayName, 60)}`,
      style: 'compact',
      placeholder: 'Choose',
      choices: [
        { title: 'Release: the steps need not wait for the review', value: 'release' },
        { title: 'Veto: nothing is done', value: 'veto' },
      ],
    },
  ];
}

function summaryOf(c: CaseIn<'decided'>, view: CaseView): string {
  const what =
    c.decision.kind === 'reassign'
      ? `Reassign to ${cardText(c.decision.receiver.displayName, 60)}`
      : 'Reclaim';
  return (
    `**${what}**: ${licenseNames(c.licenses)} · ${yearlyText(c.annualCost, view.locale)}. Decided by ` +
    `${cardText(c.decision.by.displayName, 60)}; review ends ${whenText(c.actsFrom, view)}.`
  );
}

function reasonInput(value: string): Part {
  return {
    type: 'Input.Text',
    id: REVIEW_INPUTS.reason,
    label: 'Why, if you veto: whoever decided is told',
    isMultiline: true,
    maxLength: 500,
    ...(value === '' ? {} : { value }),
  };
}

/** The page once more, printed, before all of it is released. */
export function releaseAllCard(cases: readonly CaseIn<'decided'>[], view: CaseView): CardJson {
  const seen = cases.map(({ caseId, version }) => ({ caseId, version }));
  return card(
    [
      title(`Release ${cases.length === 1 ? 'this decision' : `these ${cases.length} decisions`}?`),
      ...cases.map((c) => line(`**${cardText(c.subject.displayName, 80)}**. ${summaryOf(c, view)}`)),
      line(
        'Their steps begin at their dates, without waiting for the review to end. Each can still be undone.',
      ),
      quiet('Nothing has been changed yet.'),
    ],
    [
      button({
        title: cases.length === 1 ? 'Release it' : `Release all ${cases.length}`,
        verb: 'admin',
        data: { do: 'release', cases: seen },
        style: 'positive',
      }),
    ],
  );
}
