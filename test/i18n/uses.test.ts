import { describe, expect, it } from '@jest/globals';
import { CATALOGS, type MessageKey } from '../../src/i18n/locale.js';
import { sentenceIn } from '../../src/i18n/sentences.js';
import { placesOf } from './message-places.js';
import { callsOfText, sourceNodes, wordsIn, type Node } from './uses-of-messages.js';

const GERMAN = { locale: 'de' } as const;
const KEYS = Object.keys(CATALOGS.en) as readonly MessageKey[];
const SOURCES = sourceNodes();

/** As a pattern for names of messages: `*` stands for what a template fills in. */
function patternOf(name: string): RegExp {
  return new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replaceAll('.', '\\.'))
      .join('.+')}$`,
    'u',
  );
}

function placesIn(key: MessageKey): string {
  return placesOf(CATALOGS.en[key], 'en').join();
}

describe('The messages', () => {
  it('are filled with what they have places for', () => {
    const wrong = SOURCES.flatMap(({ file, nodes }) =>
      callsOfText(nodes).flatMap(({ key, values }) => {
        const called = KEYS.filter((each) => patternOf(key).test(each));
        // A template may name several; one of them has these places.
        const isFilled = values === undefined || called.some((each) => placesIn(each) === values.join());
        return isFilled ? [] : [`${file}: ${key} is given ${values.join()}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are all said somewhere', () => {
    const named = new Set(SOURCES.flatMap(({ nodes }) => nodes.flatMap((node) => wordsIn(node, '*') ?? [])));
    const patterns = [...named].filter((name) => /^\w+(\.[\w*]+)+$/u.test(name)).map(patternOf);
    // What a template begins with may be chosen elsewhere.
    const beginnings = [...named].filter((name) => /^\w+(\.\w+)+$|^length$/u.test(name));
    const isSaid = (key: string): boolean =>
      /^(said|stepped|ordered|planned)\./u.test(key) ||
      patterns.some((pattern) => pattern.test(key)) ||
      beginnings.some((beginning) => key.startsWith(`${beginning}.`));
    expect(KEYS.filter((key) => !isSaid(key))).toEqual([]);
  });
});

/** Under these names deciding code gives sentences that are written down or shown. */
const SENTENCES: readonly unknown[] = ['why', 'task', 'gone', 'says', 'problem', 'nobody'];

/** In the terminal and in the log alone, or not a whole sentence. */
const ELSEWHERE: readonly RegExp[] = [
  /^src\/cases\/(campaign|giving)\//u,
  /^src\/cases\/(run-)?(command|ordered-case|schedule|erasing)/u,
];

/** What they say of audits and approvals is on the cards of admins. */
const OF_ORDERS: readonly string[] = ['src/cases/run-command.ts', 'src/cases/campaign/run-open-after.ts'];

/** Put together from parts; all that can come of them is in the table below. */
const ORDERED_IN_PARTS: readonly string[] = [
  'The audit is done. X people would be asked about at once, more than approvals.bulkOver ',
  'The audit is done; X X opened.',
];

/** Literals and templates that are given under such a name. */
function sentencesIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'ObjectProperty' || !SENTENCES.includes((node['key'] as Node)['name'])) return [];
    return wordsIn(node['value'], 'X') ?? [];
  });
}

/** Put together from parts; all that can come of them is in the table below. */
const IN_PARTS: readonly string[] = [
  'The account is not there any more, so nothing is left to X.',
  'Microsoft Entra refused to X the account: X',
  'X by hand; Microsoft Entra refused it to us: X',
  'The receiver X: put that right first, or undo and choose another one.',
  'X (X)',
  'Several are called so: give the id.X',
  'The person is not the only owner of anything called so.X',
];

describe('A sentence that is written down in English', () => {
  const found = SOURCES.filter(({ file }) => /^src\/(cases|actions)\//u.test(file))
    .filter(({ file }) => !ELSEWHERE.some((other) => other.test(file)))
    .flatMap(({ nodes }) => sentencesIn(nodes))
    .filter((sentence) => /^\S+ \S/u.test(sentence) && !IN_PARTS.includes(sentence));

  it.each([...new Set(found)])('has words in German: %s', (sentence) => {
    expect(sentenceIn(GERMAN, sentence)).not.toBe(sentence);
  });

  it.each([
    [
      'The policy has changed since the case was opened. The newest audit does not find the person inactive any more.',
      'Die Richtlinie hat sich geändert, seit der Fall eröffnet wurde. Die neueste Prüfung findet die Person nicht mehr inaktiv.',
    ],
    [
      'What was asked for (remove Visio Plan 2) has not taken effect; look at it in the Microsoft 365 admin center.',
      'Was angefordert war (Visio Plan 2 entfernen), ist nicht wirksam geworden; sehen Sie es sich im Microsoft 365 Admin Center an.',
    ],
    [
      "An administrator decided against it: {name} <b> '{'",
      "Die IT-Administration hat dagegen entschieden: {name} <b> '{'",
    ],
    [
      'The account is not there any more, so nothing is left to restore.',
      'Das Konto gibt es nicht mehr, es ist also nichts mehr wiederherzustellen.',
    ],
    [
      'Microsoft Entra refused to delete the account: no',
      'Microsoft Entra hat das Löschen des Kontos abgelehnt: no',
    ],
    [
      'Put the person back into the group by hand; Microsoft Entra refused it to us: no',
      'Nehmen Sie die Person von Hand wieder in die Gruppe auf; Microsoft Entra hat es uns verweigert: no',
    ],
    [
      'The receiver has Office 365 E3, which excludes Microsoft 365 F3: put that right first, or undo and choose another one.',
      'Die empfangende Person hat Office 365 E3, was Microsoft 365 F3 ausschließt: Bringen Sie das erst in Ordnung, oder machen Sie es rückgängig und wählen Sie eine andere.',
    ],
    [
      'The person is not the only owner of anything called so. It may be: the team Harbor (id).',
      'Die Person besitzt nichts dieses Namens als Einzige. Es kann sein: the team Harbor (id).',
    ],
    ['Left the project', 'Left the project'],
  ])('%s is %s', (english, german) => {
    expect(sentenceIn(GERMAN, english)).toBe(german);
    expect(sentenceIn({ locale: 'en' }, english)).toBe(english);
  });
});

describe('What an audit is going to read', () => {
  it.each([
    [
      'Sign-in dates: about 49 requests, 5 minutes (sweep of 4,512 sign-ins before 2026-08-25, then about 600 people by id)',
      'Anmeldedaten: etwa 49 Anfragen, 5 Minuten (4.512 Anmeldungen vor dem 2026-08-25 am Stück, dann etwa 600 Personen einzeln)',
    ],
    [
      'Sign-in dates: 1 request, less than a minute (the rest of a pass over 3,600 licensed people; 1,200 were read within the last day)',
      'Anmeldedaten: 1 Anfrage, weniger als eine Minute (der Rest eines Durchgangs durch 3.600 Personen mit Lizenz; 1.200 wurden innerhalb des letzten Tages gelesen)',
    ],
    [
      'Sign-in dates: about 3 requests, 1 minute (the rest of a sweep of 1,200 sign-ins before 2026-08-25, then about 1 person by id)',
      'Anmeldedaten: etwa 3 Anfragen, 1 Minute (der Rest von 1.200 Anmeldungen vor dem 2026-08-25 am Stück, dann etwa 1 Person einzeln)',
    ],
    [
      'Sign-in dates: nothing to read (all 300 needed were read within the last day)',
      'Anmeldedaten: nichts zu lesen (alle 300 nötigen wurden innerhalb des letzten Tages gelesen)',
    ],
  ])('%s is %s', (english, german) => {
    expect(sentenceIn(GERMAN, english, 'planned.')).toBe(german);
    expect(sentenceIn(GERMAN, english)).toBe(english);
  });
});

describe('What became of an audit or an approval', () => {
  it.each([
    [
      'Approved. The audit is done; 12 cases were opened.',
      'Freigegeben. Die Prüfung ist fertig; 12 Fälle wurden eröffnet.',
    ],
    [
      'Approved. The latest audit is older than a day or had other rules, so a new one begins now.',
      'Freigegeben. Die neueste Prüfung ist älter als ein Tag oder hatte andere Regeln, also beginnt jetzt eine neue.',
    ],
    ['The audit is done; 1 case was opened.', 'Die Prüfung ist fertig; 1 Fall wurde eröffnet.'],
    [
      'The audit is done. 60 people would be asked about at once, more than approvals.bulkOver (50), so an admin has to look at `npm run steward -- plan` and approve it.',
      'Die Prüfung ist fertig. Nach 60 Personen würde auf einmal gefragt, mehr als approvals.bulkOver (50); deshalb muss jemand aus der IT-Administration sich `npm run steward -- plan` ansehen und den Plan freigeben.',
    ],
    [
      'The audit is done. 60 people would be asked about at once, more than approvals.bulkOver (50), so an admin other than whoever asked for it has to write `approve` to the bot in Teams: at a terminal nobody knows who approves.',
      'Die Prüfung ist fertig. Nach 60 Personen würde auf einmal gefragt, mehr als approvals.bulkOver (50); deshalb muss jemand aus der IT-Administration, der die Prüfung nicht verlangt hat, dem Bot in Teams `approve` schreiben: Am Terminal weiß niemand, wer freigibt.',
    ],
    [
      'The audit is done. 60 people would be asked about at once, more than approvals.bulkOver (50), so two admins have to write `approve` to the bot in Teams, because it was asked for at a terminal, where nobody knows by whom; one admin is enough for an audit of the schedule.',
      'Die Prüfung ist fertig. Nach 60 Personen würde auf einmal gefragt, mehr als approvals.bulkOver (50); deshalb müssen zwei aus der IT-Administration dem Bot in Teams `approve` schreiben, denn verlangt wurde sie am Terminal, wo niemand weiß, von wem; bei einer Prüfung nach Zeitplan genügt eine Person.',
    ],
    [
      'Nothing was approved: the plan is another one by now (0a, not 0b). Look at it with `plan --diff FILE`.',
      'Nichts wurde freigegeben: Der Plan ist inzwischen ein anderer (0a, nicht 0b). `plan --diff FILE` zeigt den Unterschied.',
    ],
  ])('%s is %s', (english, german) => {
    expect(sentenceIn(GERMAN, english, 'ordered.')).toBe(german);
  });

  it('is not what somebody wrote who begins with the same word', () => {
    expect(sentenceIn(GERMAN, 'Approved. Thanks')).toBe('Approved. Thanks');
  });

  const found = SOURCES.filter(({ file }) => OF_ORDERS.includes(file))
    .flatMap(({ nodes }) => nodes.flatMap((node) => wordsIn(node, 'X') ?? []))
    .filter((words) => /^(Nothing was approved|Approved\.|The audit is done|A newer audit)/u.test(words))
    .filter((words) => !ORDERED_IN_PARTS.includes(words));

  it.each([...new Set(found)])('has words in German: %s', (sentence) => {
    expect(sentenceIn(GERMAN, sentence, 'ordered.')).not.toBe(sentence);
  });
});
