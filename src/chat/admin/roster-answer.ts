import type { CaseView } from '../../cards/case-view.js';
import { dayText } from '../../cards/dates.js';
import { messageText, plainText } from '../../cards/escape.js';
import { rosterCard, rosterHeadline, rosterKeptCard } from '../../cards/roster-cards.js';
import type { KeepRoster, NotAllowed, RosterSeen, TakeRosterBack } from '../../cases/admin/admin-desk.js';
import type { Language } from '../../i18n/locale.js';
import { sentenceIn } from '../../i18n/sentences.js';
import { text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** How a file of people is handed over. */
export function howToImport(reader: Language): Shown {
  return say(text(reader, 'admin.roster.how'));
}

/** What a file says, before it holds. */
export function rosterAnswer(outcome: RosterSeen | NotAllowed, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(view);
    case 'busy':
      return say(text(view, 'admin.roster.busy'));
    case 'stillToCome':
      return say(text(view, 'admin.roster.stillToCome', { date: dayText(outcome.asOf, view) }));
    case 'unusable': {
      const why = messageText(sentenceIn(view, outcome.why), 300);
      return say(text(view, 'admin.roster.unusable', { file: messageText(outcome.origin), why }));
    }
    case 'refused':
    case 'staged':
      return {
        kind: 'card',
        card: rosterCard(outcome, view),
        summary: rosterHeadline(outcome, view, plainText),
      };
    default:
      return outcome satisfies never;
  }
}

/** What became of the click that makes a file hold. */
export function rosterKept(outcome: KeepRoster | NotAllowed, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(view);
    case 'gone':
      return say(text(view, 'admin.roster.gone'));
    case 'beingKept':
      return say(text(view, 'admin.roster.beingKept'));
    case 'changedMeanwhile':
      return say(text(view, 'admin.roster.changed'));
    case 'kept':
      return {
        kind: 'card',
        card: rosterKeptCard(outcome, view),
        summary: text(view, 'admin.roster.kept.headline'),
      };
    default:
      return outcome satisfies never;
  }
}

/** What became of the click that takes it back. */
export function rosterTakenBack(outcome: TakeRosterBack | NotAllowed, reader: Language): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(reader);
    case 'tooLate':
      return say(text(reader, 'admin.roster.tooLate'));
    case 'changedMeanwhile':
      return say(text(reader, 'admin.roster.backChanged'));
    case 'takenBack': {
      const { holds } = outcome;
      if (holds === undefined) return say(text(reader, 'admin.roster.backNone'));
      const values = { file: messageText(holds.origin), date: dayText(holds.asOf, reader) };
      return say(text(reader, 'admin.roster.backTo', values));
    }
    default:
      return outcome satisfies never;
  }
}
