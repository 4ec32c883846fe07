import type { CardJson } from '../../src/bot/messenger.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { Case } from '../../src/cases/case.js';
import type { Look } from './looks.js';

/** In what a kind of card is drawn. */
export interface Dressing {
  readonly look: Look;
  readonly view: CaseView;
  readonly as: (reader: NonNullable<CaseView['reader']>) => CaseView;
  /** A case with the look's texts and number of licenses. */
  readonly of: <C extends Case>(c: C) => C;
}

export type Kind = (dressing: Dressing) => CardJson;
