import type { CardJson } from '../../src/bot/messenger.js';
import { digestCard, digestPart } from '../../src/cards/digest-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { Case, CaseId, CaseLicense } from '../../src/cases/case.js';
import type { DigestEntry } from '../../src/cases/asking/digest.js';
import { asked, CASES, FACTS } from './a-case.js';

export const DIGEST_ID = 'digest-1';
const NAMES = ['Adele Vance', 'Henrietta Mueller', 'Joni Sherman', 'Lynne Robbins', 'Patti Fernandez'];

/** Five people, each with the facts that `change` gives. */
export function five(change: (index: number) => Partial<Case> = () => ({})): readonly DigestEntry[] {
  return NAMES.map((displayName, index) => {
    const subject = {
      ...FACTS.subject,
      displayName,
      userPrincipalName: `${displayName.toLowerCase().replace(' ', '.')}@harbor.example`,
    };
    const caseId = `case-${index + 1}` as CaseId;
    const c = { ...asked({ subject }), id: caseId, caseId, ...change(index) } as Case;
    return { case: c, as: c.state === 'asked' ? 'question' : 'settled' };
  });
}

/** One answered, one sent once more, the others still open. */
export function someSettled(): readonly DigestEntry[] {
  const [first, second, ...others] = five();
  if (first === undefined || second === undefined) throw new Error('no five');
  const { subject, caseId } = first.case;
  return [
    { case: { ...CASES.decided, id: caseId, caseId, subject }, as: 'settled' },
    { ...second, as: 'sentAnew' },
    ...others,
  ];
}

/** Only this person owns as many things as a card names, and more. */
function ownersOf(displayName: string): Pick<Case, 'owned'> {
  const first = [true, false, true].map((isTeam) => ({ displayName, isTeam }));
  return { owned: { is: 'known', count: 12, first } };
}

export const OWNERS: Pick<Case, 'owned'> = {
  owned: { is: 'known', count: 1, first: [{ displayName: 'Harbor Crew', isTeam: true }] },
};

interface Extremes {
  readonly hostile: string;
  readonly view: CaseView;
  readonly waived: CaseView;
  readonly manyLicenses: readonly CaseLicense[];
}

/** Cards about several people, ordinary and extreme. */
export function digestsWith({
  hostile,
  view,
  waived,
  manyLicenses,
}: Extremes): Readonly<Record<string, CardJson>> {
  const digest = (
    entries: readonly DigestEntry[],
  ): { digestId: string; entries: readonly DigestEntry[] } => ({
    digestId: DIGEST_ID,
    entries,
  });
  const long = {
    displayName: 'Maximilian-Alexander '.repeat(15),
    userPrincipalName: `${'very.long.'.repeat(20)}@harbor.example`,
    jobTitle: 'Senior Principal Vice Assistant '.repeat(9),
    department: 'Ä'.repeat(300),
    country: 'Germany',
  };
  return {
    digest: digestCard(digest(five()), view),
    'digest-two': digestCard(digest(five().slice(0, 2)), view),
    'digest-owners': digestCard(digest(five((index) => (index < 2 ? OWNERS : {}))), view),
    'digest-some-settled': digestCard(digest(someSettled()), view),
    'digest-all-settled': digestCard(
      digest(five(() => ({ ...CASES.kept, caseId: 'case-1' as CaseId })).slice(0, 2)),
      view,
    ),
    'digest-answered': digestCard(digest(someSettled()), view, [
      '**Adele Vance**: Decided: reclaim.',
      '**Joni Sherman**: not taken yet. Say why the licenses are still needed.',
    ]),
    'digest-part': digestPart(digest(five().slice(0, 1)), 5, view),
    'digest-mail-lost': digestCard(digest(five(() => ({ licenses: manyLicenses }))), waived),
    'digest-long': digestCard(digest(five(() => ({ subject: long, ...ownersOf('Ä'.repeat(256)) }))), waived),
    'digest-markup': digestCard(
      digest(
        five(() => ({
          subject: { ...FACTS.subject, displayName: hostile, jobTitle: hostile },
          ...ownersOf(hostile),
        })),
      ),
      view,
    ),
  };
}
