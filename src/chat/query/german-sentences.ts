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
    manager: 'vorgesetzter Person',
    scenario: 'Grund',
    verdict: 'Befund',
    state: 'Stand des Falls',
    domain: 'Domäne',
    unit: 'Organisationseinheit',
  },
  or: 'oder',
  not: 'nicht',
  fields: {
    department: 'Abteilung',
    country: 'Land',
    license: 'Lizenz',
    manager: 'vorgesetzte Person',
    domain: 'Domäne',
    unit: 'Organisationseinheit',
  },
  none: {
    department: 'ohne Abteilung',
    country: 'ohne Land',
    manager: 'ohne vorgesetzte Person',
    domain: 'ohne Domäne',
    unit: 'ohne Organisationseinheit',
  },
  use: 'Lizenz nie genutzt',
  scenarios: {
    leftCompany: 'Grund: Unternehmen verlassen',
    neverSignedIn: 'Grund: nie angemeldet',
    inactive: 'Grund: inaktiv',
    disabledButLicensed: 'Grund: deaktiviert mit Lizenz',
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
    opened: 'Fall: eröffnet',
    asked: 'Fall: gefragt',
    escalated: 'Fall: weitergegeben',
    adminReview: 'Fall: bei der IT-Administration',
    kept: 'Fall: behalten',
    decided: 'Fall: entschieden',
    scheduled: 'Fall: geplant',
    acting: 'Fall: in Ausführung',
    holding: 'Fall: erledigt, noch umkehrbar',
    undoing: 'Fall: wird rückgängig gemacht',
    needsPerson: 'Fall: braucht eine Person',
    closed: 'Fall: abgeschlossen',
    cancelled: 'Fall: abgebrochen',
    undone: 'Fall: rückgängig gemacht',
  },
  bounds: { '>': 'über', '>=': 'mindestens', '<': 'weniger als', '<=': 'höchstens' },
  days: (bound, amount) => `${bound} ${amount} ${amount === 1 ? 'Tag' : 'Tage'} ohne Nutzung`,
  cost: (bound, amount) => `Kosten ${bound} ${amount} im Jahr`,
  top: 'top',
  sorts: {
    'cost desc': 'teuerste zuerst',
    'cost asc': 'günstigste zuerst',
    'days desc': 'am längsten ungenutzt zuerst',
    'days asc': 'am kürzesten ungenutzt zuerst',
    'name asc': 'sortiert nach Namen',
    'name desc': 'rückwärts sortiert nach Namen',
    'department asc': 'sortiert nach Abteilung',
    'department desc': 'rückwärts sortiert nach Abteilung',
  },
  pageSize: 'Zeilen je Seite',
  page: 'Seite',
  file: 'exportieren',
};
