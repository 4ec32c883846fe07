import type { CardJson } from '../../src/bot/messenger.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { severalCard } from '../../src/cards/several-card.js';
import { aPersonNamed } from './a-case.js';

/** The first two have one name. */
const SEVERAL = [
  'Adele Vance',
  'Adele Vance',
  'Adele Vance 2',
  'Adele Vance 3',
  'Adele Vance 4',
  'Adele Vance 5',
  'Adele Vance 6',
  'Adele Vance 7',
].map((displayName, index) => {
  const { id: userId, userPrincipalName } = aPersonNamed(displayName, index);
  return { userId, displayName, userPrincipalName: `${index}.${userPrincipalName}` };
});

/** What is said where a name fits several people, and where it fits more than there are buttons. */
export const severalIn = (view: CaseView): Readonly<Record<string, CardJson>> => ({
  several: severalCard(SEVERAL.slice(0, 3), 'person', view),
  'several-many': severalCard(SEVERAL, 'history', view),
});
