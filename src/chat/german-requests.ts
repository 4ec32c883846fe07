import { cleanText } from './clean-text.js';
import { withoutUmlauts } from './query/german-forms.js';
import { looksLikeName } from './name-words.js';

/** UTF-16 units; what is longer is no request of these. */
const LONGEST = 1_000;

/** A request in German, and the same in English; `undefined` from the second: it is something else after all. */
type Wording = readonly [
  german: RegExp,
  english: (said: Readonly<Record<string, string | undefined>>) => string | undefined,
];

const NAME = '(?:(?:von|zu|über|für) )?(?<who>.+)';
const REASON = '(?:,? (?:weil|grund:) (?<why>.+))?';
const CAMPAIGN = '(?:die )?(?:ganze )?kampagne';

/** With these something other than a name begins, although German writes most of it with capitals. */
const NO_NAME: ReadonlySet<string> = new Set(
  [
    'der die das den dem des ein eine einen einem es er sie ihr ihm ihn ihnen wir uns ich mich mir du dich dir dies diese dieses diesen',
    'alle alles allen beide jeder jede kein keine keinen nicht nichts niemand nie noch auch so was wer wie lizenz lizenzen of the in',
  ].flatMap((words) => words.split(' ')),
);
/** With these it is another request, or the opposite of one. */
const NOT_IN_NAMES: ReadonlySet<string> = new Set(
  'nicht nichts nie noch kein keine undo revert restore rollback history log timeline trail happened case'.split(
    ' ',
  ),
);
const MOST_WORDS = 6;

/** What stands where a name has to. */
function nameOf(text = ''): string | undefined {
  const who = text.replaceAll(/["“”„»«]/gu, '').trim();
  const words = who.toLowerCase().split(' ');
  const isOther = NO_NAME.has(words[0] ?? '') || words.some((word) => NOT_IN_NAMES.has(word));
  return who === '' || words.length > MOST_WORDS || isOther ? undefined : who;
}

/** `named('case')`: "case NAME". */
function named(request: string): Wording[1] {
  return ({ who }) => {
    const name = nameOf(who);
    return name === undefined ? undefined : `${request} ${name}`;
  };
}

/** The same for what is done at once: only where it is written as names are. */
function surelyNamed(request: string): Wording[1] {
  return ({ who }) => {
    const name = nameOf(who);
    return name !== undefined && looksLikeName(name.replace(',', '')) ? `${request} ${name}` : undefined;
  };
}

/** An end that stands somewhere in the reason is not read: how it is said is explained instead. */
function protecting({
  who,
  until,
  why = '',
}: Readonly<Record<string, string | undefined>>): string | undefined {
  const asked = surelyNamed('protect')({ who });
  if (asked === undefined || (until === undefined && /\bbis\b/iu.test(why))) return asked;
  return `${asked}${until === undefined ? '' : ` until ${until}`} because ${why}`;
}

function because(request: string): Wording[1] {
  return ({ why }) => (why === undefined ? request : `${request} because ${why}`);
}

const WORDINGS: readonly Wording[] = [
  // Before what asks for the history of somebody.
  wording(
    'was hat die it(?:-administration)? getan|verlauf der (?:kampagne|it(?:-administration)?)',
    () => 'admin history',
  ),
  wording(`(?:zeige?(?: mir)? )?(?:den |der )?fall ${NAME}`, named('case')),
  wording('(?:status|stand) (?:von|zu) (?<who>.+)', surelyNamed('case')),
  wording(`(?:zeige?(?: mir)? )?(?:den |der )?(?:verlauf|historie) ${NAME}`, named('history')),
  wording('was (?:ist|geschah) (?:bisher )?(?:mit|bei) (?<who>.+?) (?:passiert|geschehen)', named('history')),
  wording(
    '(?:warum|wieso|weshalb) (?:wurde|werde ich nach|steht|ist) (?<who>.+?) (?:gefragt|(?:auf|in) der liste|hier)',
    named('explain'),
  ),
  wording('erkläre?(?: mir)? (?<who>.+)', surelyNamed('explain')),
  wording(
    '(?:mache? )?(?:die )?(?:lizenz(?:en)? von )?(?<who>.+?) rückgängig(?: machen)?',
    surelyNamed('undo'),
  ),
  wording(`rückgängig(?: machen)?:? ${NAME}`, surelyNamed('undo')),
  wording('gib (?<who>.+?) (?:die|seine|ihre) lizenz(?:en)? zurück', surelyNamed('undo')),
  wording(
    'schütze? (?<who>.+?)(?:,? bis(?: zum)? (?<until>[^\\s,]{1,20}(?: [^\\s,]{1,12}){0,2}?))?,? (?:weil|grund:) (?<why>.+)',
    protecting,
  ),
  // What is missing is said where the English request is read.
  wording('schütze (?<who>.+)', surelyNamed('protect')),
  wording(
    '(?:hebe? )?(?:den )?schutz (?:von|für) (?<who>.+?) (?:auf|aufheben)(?:,? weil .+)?',
    named('unprotect'),
  ),
  wording(
    '(?:was (?:wartet|ist offen|steht an)|offene fragen|meine fragen)(?: (?:auf|für) mich)?',
    () => 'waiting',
  ),
  wording(
    'was wäre,? (?:wenn|bei|mit)(?: es)? (?<days>[\\d ,/und]+)tagen?(?: wären| gälten)?',
    ({ days = '' }) => `what if ${days.replaceAll('und', 'and').trim()} days`,
  ),
  wording(`pausieren?(?: alles| ${CAMPAIGN})?${REASON}`, because('pause')),
  wording(`halte ${CAMPAIGN} an${REASON}`, because('pause')),
  wording(`${CAMPAIGN} (?:pausieren|anhalten)${REASON}`, because('pause')),
  wording(`(?:setze?|führe) ${CAMPAIGN} (?:fort|weiter)${REASON}`, because('resume')),
  wording(`${CAMPAIGN} (?:fortsetzen|weiterführen|fortführen)${REASON}`, because('resume')),
  wording(`(?:stoppe?|beende?) (?:alles|${CAMPAIGN})${REASON}`, because('stop')),
  wording(`${CAMPAIGN} (?:stoppen|beenden)${REASON}`, because('stop')),
  wording(
    'starte (?:ein |eine |das |die )?(?:neue |neues )?(?:prüfung|audit)|(?:neue |neues )?(?:prüfung|audit)(?: starten)?',
    () => 'run audit',
  ),
  wording('(?:den )?plan (?:freigeben|genehmigen|zeigen|ansehen)|freigeben|freigabe', () => 'plan'),
  wording('(?:entscheidungen )?in (?:der )?prüffrist|prüffrist', () => 'review'),
  wording('lizenz(?:position|bestand)', () => 'position'),
  wording(
    '(?:exportiere )?(?:die )?(?:lizenz)?position (?:exportieren|als csv)|exportiere die (?:lizenz)?position',
    () => 'export position',
  ),
  wording(
    'einsparung(?:en)?|ersparnis|(?:was|wie ?viel) (?:haben wir|wurde)(?: bisher)? (?:ein)?gespart',
    () => 'savings',
  ),
  wording('einsparungen (?:exportieren|als csv)', () => 'export savings'),
  wording('(?:wer ist )?im chat geschützt|schutzliste|ausnahmen', () => 'protections'),
  wording('(?:personalliste|liste) (?:importieren|einlesen|hochladen)', () => 'import roster'),
  wording(
    '(?:personalliste|liste) (?:vom|mit stand(?: vom)?) (?<day>[\\d.-]+) (?:importieren|einlesen|hochladen)',
    ({ day }) => `import roster as of ${day}`,
  ),
  wording('was kannst du(?: alles)?|was kann ich (?:dich )?fragen', () => 'help'),
  wording('guten (?:morgen|tag|abend)', () => 'hello'),
];

/** Also as it is written on keyboards that have no umlauts. */
function typed(german: string): string {
  return german.replaceAll(/[äöüß]/gu, (letter) => `(?:${letter}|${withoutUmlauts(letter)})`);
}

function wording(german: string, english: Wording[1]): Wording {
  return [
    new RegExp(`^(?:(?:hallo|bitte|kannst du) )*(?:${typed(german)})(?: bitte)?[?!.]*$`, 'iu'),
    english,
  ];
}

/**
 * What a request in German says in English, where all of it is known: names, dates and reasons stay as they are. Questions
 * about the audit are read in German as they are, by the grammar.
 * @returns undefined: it is none, or none of these
 */
export function inEnglish(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const said = cleanText(text).replaceAll(/\s+/gu, ' ').trim();
  for (const [german, english] of WORDINGS) {
    const match = german.exec(said);
    const found = match === null ? undefined : english(match.groups ?? {});
    if (found !== undefined) return found;
  }
  return undefined;
}
