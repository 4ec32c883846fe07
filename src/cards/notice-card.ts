import { takesObjection } from '../cases/telling/notice.js';
import type { Case, CaseIn } from '../cases/case.js';
import { isUntouched } from '../cases/step-progress.js';
import type { CardJson } from '../bot/messenger.js';
import { evidenceInShort, licenseNames } from './case-parts.js';
import { byAt, whenText, type CaseView } from './case-view.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

/** The name under which the input arrives with a click. */
export const OBJECTION = 'objection';
const REASON_MAX = 500;

/** Text of the notification. It can appear on a locked screen. */
export const NOTICE_SUMMARY = 'A license of yours is about to change. Please look at it.';

/** What somebody is told before something is taken from them, and later what became of it. */
export function noticeCard(c: Case, view: CaseView): CardJson {
  if ((c.state === 'scheduled' || c.state === 'needsPerson') && isUntouched(c.steps)) return ahead(c, view);
  const { headline, text } = standing(c, view);
  return card([title(headline), line(text)], []);
}

/** In place of a notice that was sent once more. */
export function movedNoticeCard(): CardJson {
  return card([line('There is a newer message about this license further down.')], []);
}

function ahead(c: CaseIn<'scheduled' | 'needsPerson'>, view: CaseView): CardJson {
  const { by, at } = c.decision;
  const from = c.notice?.is.kind === 'told' ? c.notice.is.stepsFrom : undefined;
  const mayObject = takesObjection(c);
  return card(
    [
      title('A license of yours is about to go'),
      line(
        `**${licenseNames(c.licenses)}** ${c.decision.kind === 'reassign' ? 'goes to somebody else' : 'is taken back'}. ` +
          `It was decided ${byAt(cardText(by.displayName), at, view)}.`,
      ),
      heading('Why'),
      ...evidenceInShort(c),
      heading('What happens'),
      facts(c.steps.flatMap((step) => happens(c, step, from, view))),
      line(`Questions? Ask ${cardText(by.displayName)} or your IT administrators.`),
      ...(mayObject ? objection() : [quiet('Your administrators have looked at what you said.')]),
    ],
    mayObject
      ? [button({ title: 'I still need it', verb: 'object', data: { caseId: c.caseId, version: c.version } })]
      : [],
  );
}

function objection(): readonly Part[] {
  return [
    line('**If you still need it, say so here:** nothing is done then, and your administrators decide.'),
    {
      type: 'Input.Text',
      id: OBJECTION,
      label: 'Why do you need it? (may be left empty)',
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
  const when = `${whenText(from !== undefined && from > notBefore ? from : notBefore, view)} at the earliest`;
  switch (step.kind) {
    case 'disableSignIn':
      return [['Your sign-in is blocked', when]];
    case 'convertMailbox':
      return [['Your mailbox becomes a shared one', `${when}; your mail stays`]];
    case 'removeLicenses':
    case 'leaveGroup': {
      const instead = step.kind === 'removeLicenses' ? (step.instead ?? []) : [];
      const text = instead.length === 0 ? when : `${when}; you get ${licenseNames(instead)} instead`;
      return [[`${licenseNames(step.licenses)} goes`, text]];
    }
    case 'assignLicenses':
    case 'setUsageLocation':
    case 'deleteAccount':
      return [];
    default:
      return step satisfies never;
  }
}

/** Nothing more than what was told of: of protection and of HR's cases nothing is said. */
function standing(c: Case, view: CaseView): { readonly headline: string; readonly text: string } {
  const names = licenseNames(c.licenses);
  switch (c.state) {
    case 'adminReview':
      return {
        headline: 'Thank you: your administrators decide',
        text: `${names} stays yours until they have. Nothing was done.`,
      };
    case 'decided':
      return {
        headline: 'Your administrators have looked at it',
        text: 'You are told before anything is done.',
      };
    case 'acting':
    case 'scheduled':
    case 'needsPerson':
      return {
        headline: 'It is being carried out',
        text: `If you need ${names} back, ask your IT administrators.`,
      };
    case 'holding':
      return {
        headline: 'It was carried out',
        text: `If you need ${names} back, ask your IT administrators: until ${whenText(c.holdUntil, view)} everything can be given back as it was.`,
      };
    case 'closed':
      return c.outcome === 'keptUntilPassed'
        ? NOTHING
        : { headline: 'It was carried out', text: `If you need ${names} again, ask your IT administrators.` };
    case 'undoing':
    case 'undone':
      return { headline: 'It is given back', text: `${names} is yours again, as it was before.` };
    case 'opened':
    case 'asked':
    case 'escalated':
    case 'hrReview':
    case 'hrProposed':
    case 'kept':
    case 'cancelled':
      return NOTHING;
    default:
      return c satisfies never;
  }
}

const NOTHING = { headline: 'Nothing is done', text: 'You keep what you have and need not do anything.' };
