import { typed } from './german-forms.js';
import { PHRASES } from './german-phrases.js';
import { GERMAN_SENTENCES } from './german-sentences.js';
import type { QuestionWords, Table } from './meaning.js';
import type { GroupField, Sort } from './query.js';

const PLURALS: Table<GroupField> = [
  ['department', 'abteilungen|bereiche'],
  ['country', 'länder|ländern|standorte'],
  ['license', 'produkte|produkten'],
  ['manager', 'vorgesetzte|vorgesetzten|führungskräfte|führungskräften|chefs'],
  ['domain', 'domänen'],
  ['unit', 'oes|organisationseinheiten'],
];

const GROUPS: Table<GroupField> = [
  ['department', 'abteilung|abteilungen|bereich'],
  ['country', 'land|länder|ländern|standort'],
  ['license', 'lizenz|lizenzen|produkt|produkten'],
  [
    'manager',
    'vorgesetzter|vorgesetzten|vorgesetzte|vorgesetztem|vorgesetzter person|führungskraft|führungskräften|chef',
  ],
  ['scenario', 'grund|gründen|szenario'],
  ['verdict', 'befund|befunden'],
  ['state', 'stand|fallstand|stand des falls|stand der fälle'],
  ['domain', 'domäne|domänen'],
  ['unit', 'oe|organisationseinheit|organisationseinheiten'],
];

const SORTS: Table<Sort> = [
  [{ by: 'cost', order: 'desc' }, 'kosten|preis|jahreskosten|kosten im jahr'],
  [{ by: 'days', order: 'desc' }, 'tagen|tage|dauer|inaktivität|letzter nutzung|zeit'],
  [{ by: 'name', order: 'asc' }, 'name|namen|alphabet'],
];

/** Questions as admins ask them in German; products, names and places are said as the tenant has them. */
export const GERMAN: QuestionWords = {
  sentences: GERMAN_SENTENCES,
  phrases: typed(PHRASES),
  plurals: typed(PLURALS),
  groups: typed(GROUPS),
  sorts: typed(SORTS),
  units: [
    [1, 'tag|tage|tagen'],
    [7, 'woche|wochen'],
    [30, 'monat|monate|monaten'],
    [365, 'jahr|jahre|jahren'],
  ],
  adverbs: typed([
    [1, 'jährlich'],
    [12, 'monatlich'],
  ]),
  small: {
    numbers: 'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
    one: 'ein eine einem einen einer',
    half: 'halbes halben halbe halbem',
    to: 'bis',
    and: 'und',
    orMore: 'oder mehr|oder länger|und mehr|und länger',
    withoutUse: 'ohne nutzung',
    since: 'seit länger laenger',
    most: 'meisten',
    use: 'genutzt benutzt verwendet nutzung angemeldet anmeldung',
    every: 'im pro je',
    page: 'seite',
    articles: 'der die das den dem jeder jedem ihrer ihrem',
    people:
      'wer personen leute benutzer nutzer anwender mitarbeiter mitarbeitende konten gäste hat haben besitzt besitzen mit',
    licenses: 'lizenzen produkte',
    first: 'ersten',
    foremost: 'zuerst',
    start:
      'mit wer wen die deren hat haben hatte hatten ist sind war waren wurde wurden hält halten besitzt besitzen aber personen benutzer',
    verbsLast: 'haben hat hatte hatten sind ist war waren wurde wurden hält halten besitzt besitzen',
    those: 'die den denen',
    costs: 'kosten kostet',
    ahead: 'tag tage tagen woche wochen monat monate monaten jahr jahre jahren',
    codes: 'mit es am im der die das den hat an man mal doch von zu',
    codesAfterPlace: '',
    deny: 'nicht noch nie niemand',
    neither: 'weder',
    nor: 'noch',
  },
};
