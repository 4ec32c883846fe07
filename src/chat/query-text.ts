import type { Unproven } from '../audit/licenses/unproven.js';
import { messageText } from '../cards/escape.js';
import { whyUnprovenText } from '../cards/unproven-text.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Problem } from './query/draft.js';
import type { CountedSubject } from './query/query.js';

/** Why a question was not looked up, with whole questions that were perhaps meant. */
export function unclearText(
  problems: readonly Problem[],
  meant: readonly string[],
  reader: Language,
): ReadyText {
  const why = [...new Set(problems.slice(0, 5).map((problem) => problemText(problem, reader)))];
  const offer =
    meant.length === 0 ? text(reader, 'unclear.help') : listed(text(reader, 'unclear.meant'), meant, reader);
  return text(reader, 'unclear.whole', { problems: joined(why, ' '), offer });
}

/** Characters of a whole question. */
const LONGEST = 700;

/** Requests as they would have to be written, below a line. */
export function listed(above: ReadyText, requests: readonly string[], reader: Language): ReadyText {
  const lines = requests.map((request) =>
    text(reader, 'chat.request', { request: messageText(request, LONGEST) }),
  );
  return joined([above, joined(lines, '\n')], '\n\n');
}

/** Words for people of whom only HR may have a list. */
const FOR_HR = /^(on )?leave$|^executives?$/iu;

function problemText(problem: Problem, reader: Language): ReadyText {
  switch (problem.kind) {
    case 'noSuchValue':
      return problem.word === ''
        ? text(reader, `unclear.which.${problem.field}`)
        : text(reader, `unclear.noSuch.${problem.field}`, { word: messageText(problem.word, 80) });
    case 'unknownWord':
      if (FOR_HR.test(problem.word)) return text(reader, 'unclear.forHr');
      return text(reader, 'unclear.unknownWord', { word: messageText(problem.word, 80) });
    case 'ambiguous':
      return text(reader, 'unclear.ambiguous', { word: messageText(problem.word, 80) });
    case 'numberOfWhat':
    case 'otherCurrency':
      return text(reader, `unclear.${problem.kind}`, { word: messageText(problem.word, 40) });
    case 'cannotJoin':
      return text(reader, problem.word === 'or' ? 'unclear.cannotJoinOr' : 'unclear.cannotJoinNot');
    case 'noDates':
    case 'neverUsedLicense':
    case 'twoSubjects':
    case 'twoQuestions':
    case 'tooLong':
    case 'tooMany':
    case 'nothingBefore':
      return text(reader, `unclear.${problem.kind}`);
    default:
      return problem satisfies never;
  }
}

/** Why nobody is named who never used some licenses: nothing says so, which is not the same as nobody. */
export function unprovenText(unproven: readonly Unproven[], reader: Language): ReadyText {
  return text(reader, 'ask.unproven', { why: whyUnprovenText(unproven, reader, messageText) });
}

/** People who are counted as a whole. */
export function countedText(
  subject: CountedSubject,
  people: number,
  isWhole: boolean,
  reader: Language,
): ReadyText {
  const told = text(reader, `counted.${subject}`, { count: people });
  return isWhole ? told : joined([told, text(reader, `counted.only.${subject}`)], ' ');
}
