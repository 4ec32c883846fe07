import { cleanText } from './clean-text.js';
import { looksLikeName } from './name-words.js';

/** UTF-16 units; what is longer is no request of these. */
const LONGEST = 1_000;

/** A request in German, and the same in English; `undefined` from the second: it is something else after all. */
type Wording = readonly [
  german: RegExp,
  english: (said: Readonly<Record<string, string | undefined>>) => string | undefined,
];

const NAME = '(?:(?:von|zu|über) )?(?<who>.+)';
const REASON = '(?:,? (?:weil|da|denn|grund:?) (?<why>.+))?';

/** `named('case')`: "case NAME", where what stands there reads as a name. */
function named(request: string): Wording[1] {
  return ({ who }) => (who !== undefined && looksLikeName(who) ? `${request} ${who}` : undefined);
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
  wording(`(?:zeig(?:e)?(?: mir)? )?(?:den |der )?fall ${NAME}`, named('case')),
  wording(`(?:zeig(?:e)?(?: mir)? )?(?:den |der )?(?:verlauf|historie) ${NAME}`, named('history')),
  wording(
    `was (?:ist|geschah) (?:bisher )?(?:mit|bei) (?<who>.+?)(?: passiert| geschehen)?`,
    named('history'),
  ),
  wording(
    `(?:warum|wieso|weshalb) (?:wurde|werde ich nach|steht|ist) (?<who>.+?) (?:gefragt|(?:auf|in) der liste|hier)`,
    named('explain'),
  ),
  wording(`(?:erkläre?|erklaere?)(?: mir)? (?<who>.+)`, named('explain')),
  wording(`(?:mach(?:e)? )?(?<who>.+?) rückgängig(?: machen)?`, named('undo')),
  wording(`rückgängig(?: machen)?:? ${NAME}`, named('undo')),
  wording(`gib (?<who>.+?) (?:die|seine|ihre) lizenz(?:en)? zurück`, named('undo')),
  wording(
    `(?:schütze?|schuetze?) (?<who>.+?)(?:,? bis(?: zum)? (?<until>[^\\s,]{1,20}(?: [^\\s,]{1,12}){0,2}?))?,? (?:weil|da|grund:?) (?<why>.+)`,
    ({ who, until, why }) => `protect ${who}${until === undefined ? '' : ` until ${until}`} because ${why}`,
  ),
  wording(`(?:hebe? )?(?:den )?schutz (?:von|für) (?<who>.+?) (?:auf|aufheben)`, named('unprotect')),
  wording(
    '(?:was (?:wartet|ist offen|steht an)|offene fragen|meine fragen)(?: (?:auf|für) mich)?',
    () => 'waiting',
  ),
  wording(
    'was wäre,? (?:wenn|bei|mit)(?: es)? (?<days>[\\d ,/und]+)tagen?(?: wären| gälten)?',
    ({ days = '' }) => {
      return `what if ${days.replaceAll('und', 'and').trim()} days`;
    },
  ),
  wording(`pausieren?(?: alles| (?:die )?(?:ganze )?kampagne)?${REASON}`, because('pause')),
  wording(`(?:halte )?(?:die )?kampagne (?:pausieren|anhalten|an)${REASON}`, because('pause')),
  wording(`(?:setze?|führe) (?:die )?kampagne (?:fort|weiter)${REASON}`, because('resume')),
  wording(`(?:die )?kampagne (?:fortsetzen|weiterführen|fortführen)${REASON}`, because('resume')),
  wording(`(?:fortsetzen|weitermachen)${REASON}`, because('resume')),
  wording(`(?:stoppe?|beende?) (?:alles|(?:die )?(?:ganze )?kampagne)${REASON}`, because('stop')),
  wording(`(?:die )?kampagne (?:stoppen|beenden)${REASON}`, because('stop')),
  wording(
    '(?:starte (?:ein |eine )?(?:neue |neues )?(?:prüfung|audit)|(?:neue |neues )?(?:prüfung|audit)(?: starten)?)',
    () => 'run audit',
  ),
  wording('(?:den )?plan (?:freigeben|zeigen|ansehen)|freigeben|freigabe', () => 'plan'),
  wording('(?:entscheidungen )?in (?:der )?prüffrist|prüffrist', () => 'review'),
  wording('lizenz(?:position|bestand)', () => 'position'),
  wording(
    '(?:exportiere )?(?:die )?(?:lizenz)?position (?:exportieren|als csv)|exportiere die (?:lizenz)?position',
    () => 'export position',
  ),
  wording(
    '(?:einsparung|einsparungen|ersparnis|was (?:haben wir|wurde)(?: bisher)? (?:ein)?gespart)',
    () => 'savings',
  ),
  wording('einsparungen (?:exportieren|als csv)', () => 'export savings'),
  wording('(?:wer ist )?(?:im chat )?geschützt im chat|schutzliste|ausnahmen', () => 'protections'),
  wording('(?:personalliste|liste) (?:importieren|einlesen|hochladen)', () => 'import roster'),
];

function wording(german: string, english: Wording[1]): Wording {
  return [new RegExp(`^(?:(?:hallo|bitte|kannst du) )*(?:${german})(?: bitte)?[?!.]*$`, 'iu'), english];
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
