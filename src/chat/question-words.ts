import { GROUP_WORDS } from './query/phrases.js';
import { inFull } from './query/tokens.js';

/** Words that only a question about the people of an audit has, whatever else is said. */
export const SUBJECT_WORDS: readonly string[] = [
  ...['inactive', 'unused', 'idle', 'dormant', 'inaktiv', 'leavers', 'guests', 'unjudged', 'reclaimable'],
];

const ASKING: readonly string[] = [
  ...[
    'export',
    'download',
    'csv',
    'cheapest',
    'expensive',
    'protected',
    'disabled',
    'count',
    'top',
    'unlicensed',
    'never',
    'without',
  ],
];
const PHRASES: readonly string[] = [
  ...[
    'how many',
    'how much',
    'never signed',
    'never logged',
    'never used',
    'left the',
    'who left',
    'not judged',
  ],
  ...['no case', 'undo window', 'who did not answer', 'who has not answered', 'who have not answered'],
  ...['not use', 'not using', 'not sign in', 'not logged', 'not log in', 'not been asked', 'not answered'],
  ...['not used', 'not signed', 'cost of', 'number of', 'group by', 'grouped by', 'sum of', 'total cost'],
];
/** They change the question before. */
const FIRST: readonly string[] = [
  'only',
  'just',
  'per',
  'sorted',
  'sort',
  'group',
  'also',
  'list',
  'without',
  'except',
];
/** The whole of a message, or nearly. */
const ALONE: readonly string[] = ['next', 'previous', 'prev', 'more', 'page', 'back'];
const FEW_WORDS = 3;
/** "cost per case state"; "Per Hansen" is somebody. */
const PER: readonly string[] = [...GROUP_WORDS.keys()].map((group) => ` per ${group} `);

/** Is this about a list, a figure or the question before? What it says is read later, and may be refused. */
export function isQuestion(said: readonly string[]): boolean {
  const sentence = ` ${said.flatMap(inFull).join(' ')} `;
  return (
    said.some((word) => SUBJECT_WORDS.includes(word) || ASKING.includes(word)) ||
    PHRASES.some((phrase) => sentence.includes(` ${phrase} `)) ||
    PER.some((phrase) => sentence.includes(phrase)) ||
    FIRST.includes(said[0] ?? '') ||
    isOfTeam(said) ||
    (said.length <= FEW_WORDS && !said.includes('give') && said.some((word) => ALONE.includes(word)))
  );
}

/** "What about Grace Hopper's team", "the team of Grace Hopper": a manager's people, and no person. */
function isOfTeam(said: readonly string[]): boolean {
  return said.some(
    (word, index) =>
      (word.endsWith("'s") && TEAM.has(said[index + 1] ?? '')) ||
      (word === 'team' && said[index + 1] === 'of'),
  );
}

const TEAM: ReadonlySet<string> = new Set(['team', 'people']);
