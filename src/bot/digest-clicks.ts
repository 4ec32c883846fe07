import { caseCard, caseSummary } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import { digestCard, type NotTaken } from '../cards/digest-card.js';
import { cardText } from '../cards/escape.js';
import { problemCard } from '../cards/question-card.js';
import { sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { viewFor } from '../chat/case-answer.js';
import type { Case, CaseId } from '../cases/case.js';
import type { AnswerOutcome } from '../cases/answering/desk.js';
import type { DigestView } from '../cases/asking/digest.js';
import { withNear } from '../cases/asking/run-cards.js';
import { readDetailsClick, readDigestClick, type CaseAnswer, type DigestAnswers } from './click-data.js';
import type { AnswerSources, Clicker, ClickReply, FurtherCard } from './clicks.js';

/**
 * Puts each answer of a digest to the desk as an answer of its own: some may fail, and each is said. The desk decides
 * about every one of them by who clicked and how the case stands; the digest itself gives nobody a right.
 */
export async function digestClick(
  sources: AnswerSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readDigestClick(data);
  if (!click) return { kind: 'text', text: text(view, 'click.strange') };
  const { digestId, answers } = click;
  const ended = await Promise.all(answers.map((one) => putTo(sources, clicker, one, view)));
  const digest = await sources.desk.digest({ digestId, by: clicker.userId });
  const said =
    ended.length === 0
      ? [text(view, 'click.nothingChosen')]
      : ended.map((one) => sentence(one, digest, view));
  if (digest === undefined) return { kind: 'text', text: said.join('\n\n') };
  const chosen = notTakenOf(click, ended);
  return {
    kind: 'digest',
    digest,
    card: digestCard(digest, view, said, chosen),
    chosen,
    notTaken: said.filter((_, index) => ended[index]?.outcome.kind !== 'accepted'),
    further: ended.flatMap(({ further }) => (further === undefined ? [] : [further])),
  };
}

/** What an input of a date takes. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whoever is asked to complete an answer, or to send it again, finds what they chose. */
function notTakenOf({ answers, keepUntil }: DigestAnswers, ended: readonly Ended[]): NotTaken {
  const choices = answers.flatMap(({ caseId, answer }, index) => {
    const { kind } = ended[index]?.outcome ?? {};
    // A reclaim is refused where it would do something else by now: that is to be read before it is chosen again.
    const isLeftOpen = kind === 'failed' || (kind === 'incomplete' && answer.kind === 'keep');
    if (!isLeftOpen) return [];
    const reason = answer.kind === 'keep' ? answer.reason : '';
    return [[caseId, { answer: answer.kind, reason }] as const];
  });
  return { choices: new Map(choices), keepUntil: choices.length > 0 && DAY.test(keepUntil) ? keepUntil : '' };
}

/** Opens the card of one person in a digest, with everything that is known and every answer. */
export async function detailsClick(
  sources: AnswerSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readDetailsClick(data);
  if (!click) return { kind: 'text', text: text(view, 'click.strange') };
  const found = await sources.desk.show({ caseId: click.caseId, by: clicker.userId });
  if (typeof found === 'string') return { kind: 'text', text: text(view, `click.${refusalOf(found)}`) };
  const theirs = viewFor(found, await clicker.asker, await withNear(sources, clicker.userId, found, view));
  const card = caseCard(found, theirs);
  const further = { kind: 'card', case: found, card, summary: caseSummary(found, theirs) } as const;
  return { kind: 'further', further };
}

/** Nobody asked for what is newer than a version, so there is no answer that nothing is. */
function refusalOf(found: 'notYours' | 'noSuchCase' | 'unchanged'): 'notYours' | 'noSuchCase' {
  return found === 'notYours' ? 'notYours' : 'noSuchCase';
}

/** What came of one answer. */
interface Ended {
  readonly caseId: CaseId;
  readonly outcome: AnswerOutcome | { readonly kind: 'failed' } | { readonly kind: 'opens' };
  /** The card on which it has to be completed. */
  readonly further?: FurtherCard;
}

async function putTo(
  sources: AnswerSources,
  clicker: Clicker,
  one: CaseAnswer,
  view: CaseView,
): Promise<Ended> {
  const { caseId, answer } = one;
  try {
    if (answer.kind === 'reassign') return await opened(sources, clicker, caseId, view);
    return { caseId, outcome: await sources.desk.answer({ ...one, by: clicker.userId }) };
  } catch {
    // The others were taken, and are not to be sent again because of this one.
    return { caseId, outcome: { kind: 'failed' } };
  }
}

/** To whom a license goes is said on the person's own card. */
async function opened(
  sources: AnswerSources,
  clicker: Clicker,
  caseId: CaseId,
  view: CaseView,
): Promise<Ended> {
  const found = await sources.desk.show({ caseId, by: clicker.userId });
  if (typeof found === 'string') return { caseId, outcome: { kind: refusalOf(found) } };
  if (found.state !== 'asked' || found.askedOf !== clicker.userId)
    return { caseId, outcome: { kind: 'movedOn', case: found } };
  const typed = { kind: 'reassign', reason: '', receiver: '' } as const;
  const incomplete = {
    kind: 'incomplete',
    case: found,
    problems: [text(view, 'digest.whoGetsIt')],
    choices: [],
  } as const;
  const theirs = viewFor(found, await clicker.asker, await withNear(sources, clicker.userId, found, view));
  const card = problemCard(incomplete, typed, theirs);
  return {
    caseId,
    outcome: { kind: 'opens' },
    further: { kind: 'card', case: found, card, summary: caseSummary(found, view) },
  };
}

function sentence({ caseId, outcome }: Ended, digest: DigestView | undefined, view: CaseView): ReadyText {
  const known = digest?.entries.find(({ case: c }) => c.caseId === caseId)?.case;
  const c: Case | undefined = 'case' in outcome ? outcome.case : known;
  const about = c === undefined ? {} : { name: cardText(c.subject.displayName, 80) };
  const said = c === undefined ? 'digest.said.unnamed' : 'digest.said';
  switch (outcome.kind) {
    case 'accepted':
    case 'movedOn':
      return text(view, `${said}.${outcome.kind}`, { ...about, standing: caseSummary(outcome.case, view) });
    case 'incomplete': {
      const problems = outcome.problems.map((problem) => cardText(sentencesIn(view, problem), 300));
      return text(view, `${said}.incomplete`, { ...about, problems: joined(problems, ' ') });
    }
    case 'opens':
      return text(view, `${said}.opens`, about);
    case 'notYours':
    case 'noSuchCase':
    case 'failed':
      return text(view, `${said}.other`, { ...about, why: text(view, `click.${outcome.kind}`) });
    default:
      return outcome satisfies never;
  }
}
