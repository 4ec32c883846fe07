import { takesObjection } from '../cases/telling/notice.js';
import { letBeIn } from '../cases/answering/waiver.js';
import type { Case, CaseIn } from '../cases/case.js';
import { isUntouched } from '../cases/step-progress.js';
import type { CardJson } from '../bot/messenger.js';
import { evidenceInShort, licenseNames } from './case-parts.js';
import { byAt, whenText, type CaseView } from './case-view.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

/** The name under which the input arrives with a click. */
export const OBJECTION = 'objection';
const REASON_MAX = 500;

/** Text of the notification. It can appear on a locked screen. */
export function noticeSummary(reader: Language): ReadyText {
  return text(reader, 'summary.notice');
}

/** What somebody is told before something is taken from them, and later what became of it. */
export function noticeCard(c: Case, view: CaseView): CardJson {
  if ((c.state === 'scheduled' || c.state === 'needsPerson') && isUntouched(c.steps)) return ahead(c, view);
  const { headline, body } = standing(c, view);
  return card([title(headline), line(body)], []);
}

/** In place of a notice that was sent once more. */
export function movedNoticeCard(view: CaseView): CardJson {
  return card([line(text(view, 'notice.moved'))], []);
}

function ahead(c: CaseIn<'scheduled' | 'needsPerson'>, view: CaseView): CardJson {
  const mayObject = takesObjection(c);
  return card(
    [
      title(text(view, 'notice.title')),
      decided(c, view),
      heading(text(view, 'notice.why')),
      ...evidenceInShort(c, view),
      heading(text(view, 'notice.happens')),
      ...ofSteps(c, view),
      ...(mayObject ? objection(view) : [quiet(text(view, 'notice.heard'))]),
    ],
    mayObject ? [objectButton(c, view)] : [],
  );
}

/** What somebody was told and what became of it, for a page that shows the evidence itself; no button. */
export function noticeParts(c: Case, view: CaseView): readonly Part[] {
  if ((c.state === 'scheduled' || c.state === 'needsPerson') && isUntouched(c.steps))
    return [decided(c, view), ...ofSteps(c, view)];
  const { headline, body } = standing(c, view);
  return [line(text(view, 'evidence.row', { sources: headline, fact: body }))];
}

function decided(c: CaseIn<'scheduled' | 'needsPerson'>, view: CaseView): Part {
  const { by: decider, at, kind } = c.decision;
  const values = {
    licenses: licenseNames(c.licenses, view),
    by: byAt(cardText(decider.displayName), at, view),
  };
  return line(text(view, kind === 'reassign' ? 'notice.reassigned' : 'notice.taken', values));
}

function ofSteps(c: CaseIn<'scheduled' | 'needsPerson'>, view: CaseView): readonly Part[] {
  const from = c.notice?.is.kind === 'told' ? c.notice.is.stepsFrom : undefined;
  const name = cardText(c.decision.by.displayName);
  return [
    facts(c.steps.flatMap((step) => happens(c, step, from, view))),
    line(text(view, 'notice.questions', { name })),
  ];
}

function objectButton({ caseId, version }: Case, view: CaseView): Part {
  return button({ title: text(view, 'notice.stillNeeded'), verb: 'object', data: { caseId, version } });
}

function objection(view: CaseView): readonly Part[] {
  return [
    line(text(view, 'notice.object')),
    {
      type: 'Input.Text',
      id: OBJECTION,
      label: text(view, 'notice.objectWhy'),
      isMultiline: true,
      maxLength: REASON_MAX,
    },
  ];
}

type Step = CaseIn<'scheduled'>['steps'][number];

/** What is done to the person; what a receiver gets is not theirs to know. */
function happens(
  c: CaseIn<'scheduled' | 'needsPerson'>,
  { step, notBefore, progress }: Step,
  from: Step['notBefore'] | undefined,
  view: CaseView,
): readonly (readonly [string, string])[] {
  if (step.userId !== c.userId || progress.is !== 'planned') return [];
  const date = whenText(from !== undefined && from > notBefore ? from : notBefore, view);
  const when = text(view, 'notice.when', { date });
  switch (step.kind) {
    case 'disableSignIn':
      return [[text(view, 'notice.signIn'), when]];
    case 'convertMailbox':
      return [[text(view, 'notice.mailbox'), text(view, 'notice.mailboxWhen', { when })]];
    case 'removeLicenses':
    case 'leaveGroup': {
      const instead = step.kind === 'removeLicenses' ? (step.instead ?? []) : [];
      const goes = text(view, 'notice.goes', { licenses: licenseNames(step.licenses, view) });
      if (instead.length === 0) return [[goes, when]];
      return [[goes, text(view, 'notice.goesInstead', { when, licenses: licenseNames(instead, view) })]];
    }
    case 'assignLicenses':
    case 'setUsageLocation':
    case 'deleteAccount':
      return [];
    default:
      return step satisfies never;
  }
}

interface Standing {
  readonly headline: ReadyText;
  readonly body: ReadyText;
}

/** An admin left a part of it as it is. */
function inPart(view: CaseView): Standing {
  return { headline: text(view, 'notice.inPart'), body: text(view, 'notice.leftText') };
}

/** Nothing more than what was told of: of protection and of HR's cases nothing is said. */
function standing(c: Case, view: CaseView): Standing {
  const licenses = licenseNames(c.licenses, view);
  switch (c.state) {
    case 'adminReview':
      return {
        headline: text(view, 'notice.adminReview'),
        body: text(view, 'notice.adminReviewText', { licenses }),
      };
    case 'decided':
      return { headline: text(view, 'notice.decided'), body: text(view, 'notice.decidedText') };
    case 'acting':
    case 'scheduled':
    case 'needsPerson':
      if (letBeIn(c).some(({ waived }) => waived.of === 'rest')) return inPart(view);
      return { headline: text(view, 'notice.acting'), body: text(view, 'notice.actingText', { licenses }) };
    case 'holding': {
      if (letBeIn(c).length > 0) return inPart(view);
      const date = whenText(c.holdUntil, view);
      return {
        headline: text(view, 'notice.done'),
        body: text(view, 'notice.holdingText', { licenses, date }),
      };
    }
    case 'closed':
      if (letBeIn(c).length > 0) return inPart(view);
      return c.outcome === 'keptUntilPassed'
        ? nothing(view)
        : { headline: text(view, 'notice.done'), body: text(view, 'notice.closedText', { licenses }) };
    case 'undoing':
    case 'undone':
      if (letBeIn(c).some(({ waived }) => waived.of === 'undo'))
        return { headline: text(view, 'notice.undoneLeft'), body: text(view, 'notice.leftText') };
      return { headline: text(view, 'notice.undone'), body: text(view, 'notice.undoneText', { licenses }) };
    case 'opened':
    case 'asked':
    case 'escalated':
    case 'hrReview':
    case 'hrProposed':
    case 'kept':
    case 'cancelled':
      return nothing(view);
    default:
      return c satisfies never;
  }
}

function nothing(view: CaseView): Standing {
  return { headline: text(view, 'notice.nothing'), body: text(view, 'notice.nothingText') };
}
