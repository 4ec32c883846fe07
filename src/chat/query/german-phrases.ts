import { forms } from './german-forms.js';
import { PLACES, type Meaning, type Table } from './meaning.js';

/** What German admins say, beside the words in which a question is shown back. */
export const PHRASES: Table<Meaning> = [
  [
    { is: 'filler' },
    'der|die|den|dem|denen|deren|des|ein|eine|einen|einem|einer|eines|all|alle|allen|aller|bitte|mir|uns|mein|meine|meinen|meiner|unser|unsere|' +
      'unseren|unserer|ich|du|sie|es|wir|ihr|ihre|ihren|ihrer|ihnen|sein|seine|seinen|seiner|sich|kannst|könnt|könntest|' +
      'ich möchte|ich will|möchte ich|hätte gern|hätte gerne|gern|gerne|zeigen|anzeigen|sehen|brauche|wurde|wurden|worden|ist|sind|war|waren|hat|haben|habe|hatte|hatten|hält|halten|besitzt|besitzen|' +
      'wer|wen|wem|wessen|was|wo|welche|welchem|welchen|welcher|welches|person|personen|leute|leuten|menschen|benutzer|benutzern|nutzer|nutzern|' +
      'anwender|anwendern|konto|konten|mitarbeiter|mitarbeitern|mitarbeiterin|mitarbeiterinnen|mitarbeitende|mitarbeitenden|jemand|da|dort|hier|' +
      'gib|sag|sage|such|suche|finde|es gibt|gibt es|von|vom|zu|zum|zur|für|auf|an|am|mit|mit den|aber|doch|lizenziert|aber lizenziert|' +
      'und lizenziert|noch|schon|bereits|immer noch|derzeit|aktuell|momentan|gerade|jetzt|heute|bisher|jemals|mal|überhaupt|insgesamt|' +
      'zusammen|sparen|einsparen|lange|lang|zeit|zeitlang|fälle|fällen|hallo|guten morgen|guten tag|danke|die meisten|am meisten|meisten|sortiert|gruppiert|geordnet|' +
      'im jahr|pro jahr|zugewiesen|zugewiesene|zugewiesenen',
  ],
  [
    { is: 'subject', subject: 'candidates' },
    `${forms('inaktiv', 'ungenutzt', 'unbenutzt', 'überflüssig', 'nicht benötigt')}|inaktiv aber lizenziert|inaktiv und lizenziert|lizenziert aber inaktiv|` +
      'nicht genutzt|nicht benutzt|nicht verwendet|nicht in benutzung|nicht in gebrauch|nicht genutzt werden|werden nicht genutzt|wird nicht genutzt|nicht benutzt werden|nicht verwendet werden|nicht nutzt|nicht nutzen|nicht benutzt|nicht benutzen|' +
      'nicht verwenden|nutzt nichts|nutzen nichts|nutzt sie nicht|nutzt sie aber nicht|nutzen sie nicht|nutzen sie aber nicht|nutzt es nicht|nutzt es aber nicht|' +
      'nutzt seine lizenz nicht|nutzt ihre lizenz nicht|nutzen ihre lizenz nicht|nutzen ihre lizenzen nicht|nicht angemeldet|nicht mehr angemeldet|nicht eingeloggt|nicht mehr genutzt|nicht mehr benutzt|nicht aktiv|nicht mehr aktiv|' +
      'keine anmeldung|keine nutzung|ohne anmeldung|ohne nutzung|meldet sich nicht an|melden sich nicht an|sich nicht anmeldet|sich nicht anmelden',
  ],
  [
    { is: 'subject', subject: 'unknown' },
    `nicht beurteilt|nicht beurteilbar|mangels daten|mangels daten nicht beurteilt|keine daten|ohne daten|unbekannt|unklar`,
  ],
  [
    { is: 'subject', subject: 'guests' },
    'gast|gäste|gästen|gastkonto|gastkonten|externe|externen|gäste sind nicht aktiv|nicht aktive gäste',
  ],
  [{ is: 'subject', subject: 'active' }, forms('aktiv')],
  [{ is: 'subject', subject: 'protected' }, forms('geschützt')],
  [{ is: 'subject', subject: 'everyone' }, `${forms('geprüft', 'betrachtet')}|in der prüfung|im audit`],

  [
    { is: 'scenario', value: 'neverSignedIn' },
    'nie angemeldet|noch nie angemeldet|noch nicht angemeldet|noch nicht eingeloggt|niemals angemeldet|nie eingeloggt|noch nie eingeloggt|nie aktiv|noch nie aktiv',
  ],
  [
    { is: 'scenario', value: 'neverSignedIn', isOfUse: true },
    `${forms('nie genutzt', 'noch nie genutzt', 'nie benutzt', 'noch nie benutzt', 'nie verwendet')}|noch nie verwendet`,
  ],
  [
    { is: 'use' },
    'lizenz nie genutzt|lizenzen nie genutzt|ihre lizenz nie genutzt|lizenz noch nie genutzt|nie genutzte lizenz|nie genutzte lizenzen|' +
      'nie benutzte lizenz|nie benutzte lizenzen|mit nie genutzter lizenz|mit nie genutzten lizenzen',
  ],
  [
    { is: 'scenario', value: 'leftCompany' },
    `unternehmen verlassen|das unternehmen verlassen|firma verlassen|die firma verlassen|${forms('ausgeschieden')}|nicht mehr im unternehmen|nicht mehr in der firma|ehemalige|ehemaligen|` +
      'ehemalige mitarbeiter|ehemaligen mitarbeiter|ehemaliger mitarbeiter|ehemalige mitarbeitende',
  ],
  [
    { is: 'scenario', value: 'disabledButLicensed' },
    `${forms('deaktiviert', 'gesperrt')}|deaktiviert aber lizenziert|anmeldung gesperrt`,
  ],
  [
    { is: 'scenario', value: 'unusedLicense' },
    'aktiv mit ungenutzter lizenz|aktiv mit einer ungenutzten lizenz|aktiv mit ungenutzten lizenzen|aktive mit ungenutzter lizenz|' +
      'aktive mit ungenutzten lizenzen|aktiv aber ungenutzte lizenz',
  ],

  [
    { is: 'state', value: 'noCase' },
    'kein fall|keinen fall|ohne fall|nicht gefragt|noch nicht gefragt|nie gefragt|noch nie gefragt|niemand wurde gefragt',
  ],
  [{ is: 'state', value: 'noCase', isDenied: true }, 'mit fall|mit einem fall|mit fällen'],
  [{ is: 'state', value: 'opened' }, 'eröffnet'],
  [
    { is: 'state', value: 'asked' },
    'gefragt|befragt|gefragt aber nicht beantwortet|aber nicht beantwortet|und nicht beantwortet|nicht beantwortet|noch nicht beantwortet|' +
      'unbeantwortet|nicht geantwortet|noch nicht geantwortet|ohne antwort|wartet auf antwort|warten auf antwort|warten auf eine antwort',
  ],
  [{ is: 'state', value: 'escalated' }, `${forms('eskaliert')}|weitergegeben|weitergeleitet`],
  [
    { is: 'state', value: 'adminReview' },
    'bei den admins|warten auf admins|warten auf einen admin|wartet auf einen admin|bei der it-administration',
  ],
  [{ is: 'state', value: 'kept' }, 'behalten'],
  [{ is: 'state', value: 'decided' }, `${forms('entschieden')}|in der prüffrist`],
  [{ is: 'state', value: 'scheduled' }, `${forms('geplant')}|eingeplant`],
  [{ is: 'state', value: 'acting' }, 'in arbeit|in ausführung'],
  [
    { is: 'state', value: 'holding' },
    'zurückgenommen|zurückgeholt|in der haltefrist|haltefrist|rückgängig machen lässt',
  ],
  [{ is: 'state', value: 'needsPerson' }, 'braucht jemanden|brauchen jemanden|mit aufgabe|mit einer aufgabe'],
  [{ is: 'state', value: 'closed' }, `${forms('abgeschlossen', 'geschlossen', 'erledigt')}`],
  [{ is: 'state', value: 'cancelled' }, forms('abgebrochen')],
  [{ is: 'state', value: 'undone' }, 'rückgängig gemacht'],

  [
    { is: 'ask', ask: 'list' },
    'zeig|zeige|zeig mir|zeige mir|liste|nenne|auflisten|namen von|namen der|wer ist|wer sind',
  ],
  [
    { is: 'ask', ask: 'people' },
    'wie viele|wieviele|wie viele personen|wie viele leute|wie viele benutzer|wie viele konten|wieviel personen|wieviel leute|wieviel benutzer|' +
      'wieviel konten|wie viel personen|wie viel leute|wie viel benutzer|wie viel konten|anzahl|die anzahl|anzahl der|anzahl von|' +
      'anzahl personen|anzahl der personen|zähle',
  ],
  [
    { is: 'ask', ask: 'licenses' },
    'wie viele lizenzen|wieviele lizenzen|wieviel lizenzen|wie viel lizenzen|anzahl lizenzen|anzahl der lizenzen|zahl der lizenzen',
  ],
  [
    { is: 'ask', ask: 'cost' },
    'wie viel geld|wie viel kosten|wie viel kostet|wieviel kosten|wieviel kostet|wie viel zahlen wir für|wie teuer|summe|summe der kosten|gesamtkosten|was kosten|was kostet|kosten von|kosten der|kosten für|' +
      'was zahlen wir für|wofür zahlen wir|verschwendung|einsparung|wie viel können wir|wieviel können wir|wie viel könnten wir|wieviel könnten wir|wie viel geld können wir|was können wir',
  ],

  [
    { is: 'field', field: 'department' },
    'abteilung|abteilungen|bereich|in abteilung|in der abteilung|in den abteilungen|aus der abteilung|der abteilung',
  ],
  [{ is: 'field', field: 'country' }, 'land|länder|ländern|im land|in dem land|aus dem land'],
  [
    { is: 'field', field: 'license' },
    'lizenz|lizenzen|produkt|produkte|produkten|abo|abonnement|mit lizenz|mit der lizenz|mit einer lizenz|mit lizenzen|mit produkt',
  ],
  [
    { is: 'field', field: 'manager' },
    'vorgesetzte|vorgesetzten|vorgesetzter|führungskraft|führungskräfte|führungskräften|chef|chefin|chefs|managerin|berichtet an|berichten an|' +
      'mit vorgesetzter|mit vorgesetztem',
  ],
  [{ is: 'field', field: 'domain' }, 'domäne|domänen|in der domäne|mit der domäne|mit domäne'],
  [
    { is: 'field', field: 'unit' },
    'oe|oes|organisationseinheit|organisationseinheiten|in der oe|in oe|in der organisationseinheit',
  ],
  [{ is: 'place', fields: PLACES }, 'im|in der|in den|in dem|aus|aus der|aus den|aus dem|bei|beim'],
  [{ is: 'place', fields: ['manager'] }, 'unter'],
  [{ is: 'place', fields: ['manager', 'department'] }, 'team von|das team von|mitarbeiter von|leute von'],

  [{ is: 'none', field: 'department' }, 'ohne abteilung|keine abteilung|keiner abteilung'],
  [{ is: 'none', field: 'country' }, 'ohne land|kein land'],
  [
    { is: 'none', field: 'manager' },
    'ohne vorgesetzte|ohne vorgesetzten|ohne vorgesetzte person|ohne führungskraft|ohne chef|ohne manager|keine vorgesetzten|' +
      'keinen vorgesetzten|keine führungskraft|keinen chef',
  ],
  [{ is: 'none', field: 'domain' }, 'ohne domäne|keine domäne'],
  [{ is: 'none', field: 'unit' }, 'ohne oe|keine oe|ohne organisationseinheit|keine organisationseinheit'],

  [
    { is: 'per' },
    'pro|je|für jede|für jeden|für jedes|gruppiert nach|gruppiere nach|aufgeteilt nach|aufgeschlüsselt nach|unterteilt nach',
  ],
  [{ is: 'which', by: 'department' }, 'welche abteilung|in welcher abteilung|aus welcher abteilung'],
  [{ is: 'which', by: 'country' }, 'welches land|in welchem land|aus welchem land'],
  [{ is: 'which', by: 'license' }, 'welche lizenz|welches produkt'],
  [{ is: 'which', by: 'manager' }, 'welche führungskraft|welcher vorgesetzte|welcher chef'],
  [
    { is: 'which', by: 'license', of: { by: 'cost', order: 'desc' } },
    'was kostet am meisten|was kostet uns am meisten|lizenz kostet am meisten|lizenzen kosten am meisten|lizenzen kosten uns am meisten|' +
      'produkt kostet am meisten|produkte kosten am meisten',
  ],
  [{ is: 'which', by: 'domain' }, 'welche domäne|in welcher domäne'],
  [
    { is: 'which', by: 'unit' },
    'welche oe|welche organisationseinheit|in welcher oe|in welcher organisationseinheit',
  ],
  [{ is: 'by' }, 'nach|sortiert nach|sortiere nach|geordnet nach'],
  [
    { is: 'sort', sort: { by: 'cost', order: 'desc' } },
    `${forms('teuerst')}|teuerste zuerst|die teuersten|am teuersten|höchste kosten|höchsten kosten|am meisten kostet|am meisten kosten|kostet am meisten|kosten am meisten|kostet uns am meisten|kosten uns am meisten`,
  ],
  [
    { is: 'sort', sort: { by: 'cost', order: 'asc' } },
    `${forms('günstigst', 'billigst')}|günstigste zuerst|billigste zuerst|am günstigsten|niedrigste kosten|am wenigsten kostet|am wenigsten kosten|kostet am wenigsten|kosten am wenigsten`,
  ],
  [
    { is: 'sort', sort: { by: 'days', order: 'desc' } },
    'längste|längsten|am längsten|am längsten ungenutzt|am längsten inaktiv|längste zuerst|älteste|ältesten',
  ],
  [
    { is: 'sort', sort: { by: 'days', order: 'asc' } },
    'kürzeste|kürzesten|am kürzesten|kürzeste zuerst|neueste zuerst',
  ],
  [{ is: 'sort', sort: { by: 'name', order: 'asc' } }, 'alphabetisch|nach alphabet|von a bis z'],
  [
    { is: 'sort', sort: { by: 'department', order: 'asc' } },
    'sortiert nach abteilung|sortiere nach abteilung|nach abteilung sortiert|nach abteilung geordnet',
  ],
  [{ is: 'order', order: 'desc' }, 'absteigend|höchste zuerst'],
  [{ is: 'order', order: 'asc' }, 'aufsteigend|niedrigste zuerst'],
  [{ is: 'top' }, 'die top|die ersten|nur die ersten|ersten|größte|größten'],

  [
    { is: 'not' },
    'nicht|ohne|außer|ausgenommen|nicht in|nicht im|nicht in der|nicht aus|nicht mit|aber nicht|auf keinen fall|kein|keine|keinen|keiner|außerhalb|' +
      'außerhalb von|abgesehen von',
  ],
  [{ is: 'joint', word: 'or' }, 'oder'],
  [{ is: 'joint', word: 'and' }, 'und|sowie'],
  [
    { is: 'bound', bound: '>' },
    'über|mehr als|länger als|größer als|älter als|letzte anmeldung vor mehr als|zuletzt angemeldet vor mehr als',
  ],
  [{ is: 'bound', bound: '>=' }, 'mindestens|wenigstens|ab|seit mindestens|mindestens seit|für mindestens'],
  [
    { is: 'bound', bound: '>=', isLately: true },
    'in den letzten|in den vergangenen|im letzten|im vergangenen|in der letzten|in der vergangenen|nicht im letzten|nicht in der letzten|nicht in den letzten|nicht in den vergangenen|nicht innerhalb der letzten|nicht während der letzten',
  ],
  [{ is: 'lately' }, 'seit|letzte|letzten|letztes|vergangene|vergangenen'],
  [{ is: 'bound', bound: '<' }, 'weniger als|kürzer als|jünger als'],
  [{ is: 'bound', bound: '<=' }, 'höchstens|bis|bis zu|maximal|nicht mehr als|nicht über|nicht länger als'],
  [{ is: 'between' }, 'zwischen'],
  [{ is: 'money' }, 'kosten|kostet|preis|jahreskosten|kosten im jahr|kosten pro jahr|jährliche kosten'],
  [{ is: 'page', step: 'next' }, 'nächste|nächste seite|weiter|mehr anzeigen'],
  [{ is: 'page', step: 'previous' }, 'vorige|vorherige|vorige seite|vorherige seite|zurück'],
  [{ is: 'page', step: 'number' }, 'seite'],
  [
    { is: 'export' },
    'exportieren|exportiere|exportier|exportiere das|exportier das|das exportieren|das als csv|das als excel|das als datei|herunterladen|als datei|als excel-datei|das als excel-datei|als csv|als csv-datei|als excel|als tabelle|csv-datei|in eine datei',
  ],
  [
    { is: 'follow' },
    'das gleiche|das gleiche für|dasselbe|dasselbe für|und das|nur|bloß|diese|dieser|und nur|aber nur|was ist mit|und was ist mit|stattdessen',
  ],
  [{ is: 'follow', isOfThose: true }, 'davon|von diesen|von denen|auch'],
];
