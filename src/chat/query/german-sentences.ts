import type { SentenceWords, Who } from './sentence-words.js';

function sein(was: string): Who {
  return { list: `wer ist ${was}`, people: `wie viele sind ${was}`, of: `${was} sind` };
}

function haben(was: string): Who {
  return { list: `wer hat ${was}`, people: `wie viele haben ${was}`, of: `${was} haben` };
}

/** How a question that was understood is shown back in German. */
export const GERMAN_SENTENCES: SentenceWords = {
  who: {
    candidates: sein('inaktiv, aber lizenziert'),
    unknown: sein('mangels Daten nicht beurteilt'),
    guests: {
      list: 'welche Gäste sind nicht aktiv',
      people: 'wie viele Gäste sind nicht aktiv',
      of: 'nicht aktive Gäste sind',
    },
    active: sein('aktiv'),
    protected: sein('geschützt'),
    everyone: sein('geprüft'),
    leftCompany: haben('das Unternehmen verlassen'),
    neverSignedIn: haben('sich nie angemeldet'),
    disabledButLicensed: sein('deaktiviert, aber lizenziert'),
    unusedLicense: sein('aktiv mit ungenutzter Lizenz'),
  },
  licensesOf: 'wie viele Lizenzen von Personen, die',
  costOf: 'Kosten von Personen, die',
  per: ', je',
  groups: {
    department: 'Abteilung',
    country: 'Land',
    license: 'Lizenz',
    manager: 'Führungskraft',
    scenario: 'Grund',
    verdict: 'Befund',
    state: 'Fallstand',
    domain: 'Domäne',
    unit: 'OE',
  },
  or: 'oder',
  not: 'nicht',
  fields: {
    department: 'Abteilung',
    country: 'Land',
    license: 'Lizenz',
    manager: 'Führungskraft',
    domain: 'Domäne',
    unit: 'OE',
  },
  none: {
    department: 'keiner Abteilung',
    country: 'keinem Land',
    manager: 'keiner Führungskraft',
    domain: 'keiner Domäne',
    unit: 'keiner OE',
  },
  use: 'Lizenz nie genutzt',
  scenarios: {
    leftCompany: 'Grund: Unternehmen verlassen',
    neverSignedIn: 'Grund: nie angemeldet',
    inactive: 'Grund: inaktiv',
    disabledButLicensed: 'Grund: deaktiviert, aber lizenziert',
    unusedLicense: 'Grund: aktiv mit ungenutzter Lizenz',
  },
  verdicts: {
    inactive: 'Befund: inaktiv',
    neverUsed: 'Befund: nie genutzt',
    active: 'Befund: aktiv',
    unknown: 'Befund: unbekannt',
  },
  states: {
    noCase: 'kein Fall',
    opened: 'Fall eröffnet',
    asked: 'Fall gefragt',
    escalated: 'Fall eskaliert',
    adminReview: 'Fall bei den Admins',
    kept: 'Fall behalten',
    decided: 'Fall entschieden',
    scheduled: 'Fall geplant',
    acting: 'Fall in Arbeit',
    holding: 'Fall in der Haltefrist',
    undoing: 'Fall wird rückgängig gemacht',
    needsPerson: 'Fall braucht jemanden',
    closed: 'Fall abgeschlossen',
    cancelled: 'Fall abgebrochen',
    undone: 'Fall rückgängig gemacht',
  },
  bounds: { '>': 'über', '>=': 'mindestens', '<': 'weniger als', '<=': 'höchstens' },
  days: (bound, amount) => `${bound} ${amount} Tage`,
  cost: (bound, amount) => `Kosten ${bound} ${amount} im Jahr`,
  top: 'top',
  sorts: {
    'cost desc': 'teuerste zuerst',
    'cost asc': 'günstigste zuerst',
    'days desc': 'längste zuerst',
    'days asc': 'kürzeste zuerst',
    'name asc': 'sortiert nach Namen',
    'name desc': 'rückwärts sortiert nach Namen',
    'department asc': 'sortiert nach Abteilung',
    'department desc': 'rückwärts sortiert nach Abteilung',
  },
  pageSize: 'Zeilen je Seite',
  page: 'Seite',
  file: 'exportieren',
};
