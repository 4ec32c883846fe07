import { describe, expect, it } from '@jest/globals';
import { sentenceIn, sentencesIn } from '../../src/i18n/sentences.js';

const ENGLISH = { locale: 'en' } as const;
const GERMAN = { locale: 'de' } as const;

describe('A sentence that is written down in English', () => {
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
      'Microsoft Entra hat das Löschen des Kontos abgelehnt: „no“ (Wortlaut von Microsoft)',
    ],
    [
      'Put the person back into the group by hand; Microsoft Entra refused it to us: no',
      'Nehmen Sie die Person von Hand wieder in die Gruppe auf; Microsoft Entra hat es uns verweigert: „no“ (Wortlaut von Microsoft)',
    ],
    [
      'The receiver has Office 365 E3, which excludes Microsoft 365 F3: put that right first, or undo and choose another one.',
      'Die empfangende Person hat Office 365 E3, was Microsoft 365 F3 ausschließt: Bringen Sie das erst in Ordnung, oder machen Sie es rückgängig und wählen Sie eine andere.',
    ],
    [
      'The receiver has got Microsoft 365 E5 by now, which includes all of Office 365 E3, so nothing is taken or given: undo and choose another one.',
      'Die empfangende Person hat inzwischen Microsoft 365 E5, worin Office 365 E3 ganz enthalten ist, deshalb wird nichts genommen oder zugewiesen: Machen Sie es rückgängig und wählen Sie eine andere.',
    ],
    [
      'The receiver has Microsoft 365 E5, which includes all of Office 365 E3.',
      'Die empfangende Person hat Microsoft 365 E5, worin Office 365 E3 ganz enthalten ist.',
    ],
    [
      'Ada has Microsoft 365 E5, which includes all of Microsoft 365 E3: choose somebody else.',
      'Ada hat Microsoft 365 E5, worin Microsoft 365 E3 ganz enthalten ist: Wählen Sie jemand anderen.',
    ],
    [
      'The person is not the only owner of anything called so. It may be: the team Harbor (id).',
      'Die Person besitzt nichts dieses Namens als Einzige. Es kann sein: das Team Harbor (id).',
    ],
    [
      'Microsoft Entra refused to change sign-in: Microsoft Graph changes no account that holds a directory role, or is in a group that may hold one.',
      'Microsoft Entra hat die Änderung der Anmeldung abgelehnt: Microsoft Graph ändert kein Konto, das eine Verzeichnisrolle hat oder in einer Gruppe ist, die eine haben kann.',
    ],
    [
      'Another license depends on it: License assignment failed. Service plan X is needed.',
      'Eine andere Lizenz hängt davon ab: „License assignment failed. Service plan X is needed.“ (Wortlaut von Microsoft)',
    ],
    [
      'The license comes through the group Sales E5, which is synchronized from Active Directory: take the person out there.',
      'Die Lizenz kommt über die Gruppe Sales E5, die aus Active Directory synchronisiert wird: Nehmen Sie die Person dort heraus.',
    ],
    [
      'The license comes through the group Sales E5, which gives 2 other licenses as well: decide by hand.',
      'Die Lizenz kommt über die Gruppe Sales E5, die auch 2 andere Lizenzen gibt: Entscheiden Sie von Hand.',
    ],
    [
      'The mailbox is on hold and has an archive, so it needs an Exchange Online Plan 2 license even when it is shared: decide in Exchange what becomes of it.',
      'Das Postfach unterliegt einer Aufbewahrung, hat ein Archiv und braucht deshalb auch als freigegebenes Postfach eine Lizenz Exchange Online Plan 2: Entscheiden Sie in Exchange, was aus ihm wird.',
    ],
    [
      'The person is the only owner of the team Harbor, group Pier and 3 more: add another owner there first, or waive it (`steward waive USER NAME --reason TEXT`).',
      'Nur diese Person ist als Besitzer eingetragen bei: Team Harbor, Gruppe Pier und 3 weitere. Tragen Sie dort erst jemand anderen ein, oder verzichten Sie darauf (`steward waive USER NAME --reason TEXT`).',
    ],
    [
      'Whether the person is the only owner of a group or team could not be read: permit it, or set reclaim.owned to ignore. (Microsoft Graph refused to read which groups somebody owns (403). The app needs the application permission Group.Read.All, with admin consent. A permission granted just now may need some minutes to take effect.)',
      'Ob die Person als Einzige eine Gruppe oder ein Team besitzt, konnte nicht gelesen werden: Erteilen Sie die Berechtigung, oder setzen Sie reclaim.owned auf ignore. (Microsoft Graph hat dies abgelehnt (403): lesen, welche Gruppen eine Person besitzt. Die App braucht die Anwendungsberechtigung Group.Read.All mit Administratoreinwilligung. Eine eben erst erteilte Berechtigung wird oft erst nach einigen Minuten wirksam.)',
    ],
    [
      'the files in OneDrive is waived in this case: it goes on.',
      'Darauf wird in diesem Fall verzichtet: die Dateien in OneDrive. Der Fall geht weiter.',
    ],
    ['the team A. B was waived already.', 'Darauf wurde bereits verzichtet: das Team A. B.'],
    [
      'Nothing stands in the way of this case that could be waived: somebody keeps the licenses until a date.',
      'Diesem Fall steht nichts im Weg, auf das verzichtet werden könnte: Jemand behält die Lizenzen bis zu einem Datum.',
    ],
    ['by now the next step has a date', 'inzwischen: Der nächste Schritt hat ein Datum'],
    [
      'Files in OneDrive are archived after 2027-03-17.',
      'Dateien in OneDrive werden nach dem 17. März 2027 archiviert.',
    ],
    ['Left the project', 'Left the project'],
  ])('%s is %s', (english, german) => {
    expect(sentencesIn(GERMAN, english)).toBe(german);
    expect(sentencesIn(ENGLISH, english)).toBe(english);
  });
});

describe('What an audit is going to read', () => {
  it.each([
    [
      'Sign-in dates: about 49 requests, 5 minutes (sweep of 4,512 sign-ins before 2026-08-25, then about 600 people by id)',
      'Anmeldedaten: etwa 49 Anfragen, 5 Minuten (4.512 Anmeldungen vor dem 25. Aug. 2026 am Stück, dann etwa 600 Personen einzeln)',
    ],
    [
      'Sign-in dates: 1 request, less than a minute (the rest of a pass over 3,600 licensed people; 1,200 were read within the last day)',
      'Anmeldedaten: 1 Anfrage, weniger als eine Minute (der Rest eines Durchgangs durch 3.600 Personen mit Lizenz; 1.200 wurden innerhalb des letzten Tages gelesen)',
    ],
    [
      'Sign-in dates: about 3 requests, 1 minute (the rest of a sweep of 1,200 sign-ins before 2026-08-25, then about 1 person by id)',
      'Anmeldedaten: etwa 3 Anfragen, 1 Minute (der Rest von 1.200 Anmeldungen vor dem 25. Aug. 2026 am Stück, dann etwa 1 Person einzeln)',
    ],
    [
      'Sign-in dates: nothing to read (all 300 needed were read within the last day)',
      'Anmeldedaten: nichts zu lesen (alle 300 nötigen wurden innerhalb des letzten Tages gelesen)',
    ],
  ])('%s is %s', (english, german) => {
    expect(sentenceIn(GERMAN, english, 'planned.')).toBe(german);
    expect(sentenceIn(GERMAN, english)).toBe(english);
  });

  it('has the dates of an English reader, too', () => {
    expect(
      sentenceIn(
        ENGLISH,
        'Sign-in dates: 1 request, less than a minute (sweep of 12 sign-ins before 2026-08-25; 1 was read within the last day)',
        'planned.',
      ),
    ).toBe(
      'Sign-in dates: 1 request, less than a minute (sweep of 12 sign-ins before 25 Aug 2026; 1 was read within the last day)',
    );
  });
});

describe('What became of an audit or an approval', () => {
  it.each([
    [
      'Approved. The audit is done; 12 cases were opened.',
      'Freigegeben. Die Prüfung ist fertig; 12 Fälle wurden eröffnet.',
    ],
    [
      'Nothing was approved: the latest audit is older than a day or had other rules, so a new one begins now. Look at its plan, then approve it.',
      'Nichts wurde freigegeben: Die neueste Prüfung ist älter als ein Tag oder hatte andere Regeln, also beginnt jetzt eine neue. Sehen Sie sich deren Plan an, und geben Sie ihn dann frei.',
    ],
    [
      'Approved. The audit is done; 2 cases were opened. Nobody is asked yet about people who were not so in a plan that was approved: 1. Approvals that do not count, because whoever gave them is no admin any more: 1. Two admins have to write `approve` to the bot in Teams, because the audit was asked for at a terminal.',
      'Freigegeben. Die Prüfung ist fertig; 2 Fälle wurden eröffnet. Noch nicht gefragt wird nach Personen, die so in keinem freigegebenen Plan standen: 1. Freigaben, die nicht zählen, weil sie von jemandem sind, der nicht mehr zur IT-Administration gehört: 1. Zwei aus der IT-Administration müssen dem Bot in Teams `approve` schreiben, denn verlangt wurde die Prüfung am Terminal.',
    ],
    ['The audit is done; 1 case was opened.', 'Die Prüfung ist fertig; 1 Fall wurde eröffnet.'],
    [
      'The audit is done. 60 people would be asked about at once, more than approvals.bulkOver (50), so an admin has to write `approve` to the bot in Teams, or look at `npm run steward -- plan` and approve it.',
      'Die Prüfung ist fertig. Nach 60 Personen würde auf einmal gefragt, mehr als approvals.bulkOver (50); deshalb muss jemand aus der IT-Administration dem Bot in Teams `approve` schreiben oder sich `npm run steward -- plan` ansehen und den Plan freigeben.',
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
});

describe('A reason that somebody gave', () => {
  it.each([
    ['Needed for current work', 'Für die laufende Arbeit nötig'],
    ['The campaign is paused.', 'The campaign is paused.'],
  ])('is theirs unless they chose it from a list: %s', (reason, shown) => {
    expect(sentenceIn(GERMAN, reason, 'said.keepReason.')).toBe(shown);
  });
});
