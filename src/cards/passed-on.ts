import type { Case, CaseIn } from '../cases/case.js';
import { sentencesIn } from '../i18n/sentences.js';
import { joined, text } from '../i18n/text.js';
import type { Standing } from './case-card.js';
import { isForReviewer, type CaseView } from './case-view.js';
import { button, line, type Part } from './elements.js';
import { cardText } from './escape.js';

/** The question is somebody else's by now. */
export function passedOn(c: CaseIn<'asked' | 'escalated'>, view: CaseView): Standing {
  const named = view.reader === 'handedOn' ? (c.hops ?? []).at(-1)?.named : undefined;
  if (named !== undefined) {
    const name = cardText(named.displayName);
    return {
      headline: text(view, 'case.named', { name }),
      body: [line(text(view, 'case.namedText', { name }))],
    };
  }
  return { headline: text(view, 'case.escalated'), body: [line(text(view, 'case.escalatedText'))] };
}

/** Nobody but HR learns what it is about. */
export function sealed(c: CaseIn<'hrReview' | 'hrProposed'>, view: CaseView): Standing {
  return isForReviewer(view)
    ? { headline: text(view, `case.${c.state}`), body: [] }
    : { headline: text(view, 'case.sealed'), body: [line(text(view, 'case.sealedText'))] };
}

/** An admin decides. */
export function adminReview(c: CaseIn<'adminReview'>, view: CaseView): Standing {
  const passedOn = text(view, 'case.adminReviewText');
  const why = view.reader === 'admin' ? [cardText(sentencesIn(view, c.why), 300)] : [];
  return {
    headline: text(view, 'case.adminReview'),
    body: [line(joined([passedOn, ...why], ' '))],
  };
}

/** For whoever named somebody else. */
export function takeBack({ caseId, version }: Case, view: CaseView): Part {
  const data = { caseId, version, answer: 'takeBack' };
  return button({ title: text(view, 'case.takeBack'), verb: 'answer', data });
}
