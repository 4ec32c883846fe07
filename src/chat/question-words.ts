import { formsOf } from './query/german-forms.js';
import type { Meaning } from './query/meaning.js';
import { GROUP_WORDS, PHRASES as MEANT } from './query/phrases.js';
import { neitherAt } from './query/neither.js';
import { inFull } from './query/tokens.js';
import { USES } from './query/verb-first.js';

/** Words that only a question about the people of an audit has, whatever else is said. */
export const SUBJECT_WORDS: readonly string[] = [
  ...[
    'inactive',
    'unused',
    'idle',
    'dormant',
    'leavers',
    'guests',
    'unjudged',
    'reclaimable',
    'gäste',
    'gaeste',
  ],
  ...['inaktiv', 'ungenutzt', 'unbenutzt'].flatMap(formsOf),
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
  ...['exportieren', 'exportiere', 'herunterladen', 'anzahl', 'ohne', 'teuersten', 'günstigsten'],
  ...['deaktiviert', 'geschützt', 'gesperrt', 'ausgeschieden'].flatMap(formsOf),
];
/** Of these meanings nobody's name is part, where they take several words. */
const TELLING: ReadonlySet<Meaning['is']> = new Set(['scenario', 'use', 'ask', 'sort', 'which']);
const PHRASES: readonly string[] = [
  ...[...MEANT].flatMap(([phrase, meaning]) => (isTelling(phrase, meaning) ? [phrase] : [])),
  ...['never signed', 'never logged', 'left the', 'who left', 'no case', 'undo window'],
  ...[
    'who did not answer',
    'who has not answered',
    'who have not answered',
    'not been asked',
    'not answered',
  ],
  ...['not use', 'not using', 'not used', 'not sign in', 'not signed', 'not logged', 'not log in'],
  ...['not judged', 'group by', 'grouped by'],
  ...['wie viel', 'wieviele', 'wieviel', 'kosten je', 'kosten pro', 'kosten nach', 'kein fall'],
  ...['nicht beantwortet', 'nicht gefragt', 'nicht geantwortet', 'nicht angemeldet', 'nicht mehr angemeldet'],
  ...['nicht genutzt', 'nicht benutzt', 'nicht beurteilt'],
];

function isTelling(phrase: string, meaning: Meaning): boolean {
  const isList = meaning.is === 'ask' && meaning.ask === 'list';
  return phrase.includes(' ') && TELLING.has(meaning.is) && !isList;
}

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
  ...['nur', 'sortiert', 'sortiere', 'gruppiert', 'außer', 'dasselbe'],
];
/** The whole of a message, or nearly. */
const ALONE: readonly string[] = ['next', 'previous', 'prev', 'more', 'page', 'back'];
const ALONE_IN_GERMAN: ReadonlySet<string> = new Set(
  'weiter|zurück|zurueck|mehr anzeigen|nächste|nächste seite|vorige|vorige seite|vorherige seite'.split('|'),
);
const FEW_WORDS = 3;
/** "cost per case state"; "Per Hansen" is somebody. */
const PER: readonly string[] = [...GROUP_WORDS.keys()].flatMap((group) =>
  ['per', 'pro', 'je'].map((per) => ` ${per} ${group} `),
);

/** Is this about a list, a figure or the question before? What it says is read later, and may be refused. */
export function isQuestion(said: readonly string[]): boolean {
  const sentence = ` ${said.flatMap(inFull).join(' ')} `;
  return (
    said.some((word) => SUBJECT_WORDS.includes(word) || ASKING.includes(word)) ||
    PHRASES.some((phrase) => sentence.includes(` ${phrase} `)) ||
    PER.some((phrase) => sentence.includes(phrase)) ||
    FIRST.includes(said[0] ?? '') ||
    isOfTeam(said) ||
    isPage(said) ||
    neitherAt(said) !== undefined ||
    ALONE_IN_GERMAN.has(said.join(' ')) ||
    isOfUse(said) ||
    (said.length <= FEW_WORDS && !said.includes('give') && said.some((word) => ALONE.includes(word)))
  );
}

/** "wer nutzt Visio nicht" */
function isOfUse(said: readonly string[]): boolean {
  const at = said.findIndex((word) => USES.has(word));
  return at !== -1 && said.slice(at).includes('nicht');
}

/** "Seite 2"; "Seite von Ada" is somebody's page. */
function isPage(said: readonly string[]): boolean {
  return said.length <= FEW_WORDS && /\bseite \d/u.test(said.join(' '));
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
