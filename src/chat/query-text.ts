import { messageText } from '../cards/escape.js';
import type { Problem } from './query/draft.js';
import type { CountedSubject, ValueField } from './query/query.js';

const FIELD_NAMES: Readonly<Record<ValueField, string>> = {
  department: 'department',
  country: 'country',
  license: 'license',
  manager: 'manager',
  domain: 'domain',
  unit: 'organizational unit',
};

/** Why a question was not looked up, with whole questions that were perhaps meant. */
export function unclearText(problems: readonly Problem[], meant: readonly string[]): string {
  const why = [...new Set(problems.slice(0, 5).map(problemText))].join(' ');
  const offer =
    meant.length === 0
      ? 'Write **help** to see what you can ask; names go into quotes, such as **department "Sales"**.'
      : `Did you mean:\n\n${meant.map((sentence) => `- **${messageText(sentence, 700)}**`).join('\n')}`;
  return `${why} I looked nothing up, because that could change the answer. ${offer}`;
}

function problemText(problem: Problem): string {
  switch (problem.kind) {
    case 'unknownWord':
      return `I do not know what **${messageText(problem.word, 80)}** means here.`;
    case 'noSuchValue':
      return problem.word === ''
        ? `Which ${FIELD_NAMES[problem.field]}?`
        : `Nobody in the lists of the latest audit has a ${FIELD_NAMES[problem.field]} **${messageText(problem.word, 80)}**.`;
    case 'ambiguous':
      return `**${messageText(problem.word, 80)}** could mean several things.`;
    case 'numberOfWhat':
      return `**${messageText(problem.word, 40)}** of what: days, or yearly cost? Write **over 90 days** or **cost over 500**.`;
    case 'cannotJoin':
      return problem.word === 'or'
        ? 'I cannot join these with **or**: ask one after the other.'
        : 'I do not know how far the **not** reaches: say it before each part, or ask one after the other.';
    case 'otherCurrency':
      return `The prices are not all in the currency **${messageText(problem.word, 40)}**; write the amount alone.`;
    case 'noDates':
      return 'Dates of leaving and of cases cannot be asked for: days are days without use.';
    case 'neverUsedLicense':
      return 'Whether one license was never used cannot be asked for: write **unused** before it, or **never signed in**.';
    case 'twoSubjects':
      return 'Guests, people not judged, active and protected people can be asked about one at a time.';
    case 'tooLong':
      return 'That is too long for a question.';
    case 'tooMany':
      return 'Those are more values than I can take at once (20 of a kind).';
    case 'nothingBefore':
      return 'There is no list before to go on from; questions are remembered for half an hour.';
    default:
      return problem satisfies never;
  }
}

/** People who are counted as a whole. */
export function countedText(subject: CountedSubject, people: number, isWhole: boolean): string {
  const count = people.toLocaleString('en');
  const be = people === 1 ? 'is' : 'are';
  const told = {
    active: `**${count}** of the people with licenses ${be} active.`,
    protected: `**${count}** of the people with licenses ${be} protected: nothing is asked about them on the normal path.`,
    everyone: `**${count}** people with managed licenses were looked at.`,
  }[subject];
  return isWhole ? told : `${told} ${ONLY_COUNTED[subject]}`;
}

const ONLY_COUNTED: Readonly<Record<CountedSubject, string>> = {
  active: 'They are counted as a whole; I keep no list of people who use what they have.',
  protected:
    'They are counted as a whole only: a list, filter or group could point at people whose cases are confidential.',
  everyone: 'They are counted as a whole; ask for those who are inactive, not judged, or guests.',
};
