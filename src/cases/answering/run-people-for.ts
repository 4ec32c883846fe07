import type { UserId } from '../../audit/person.js';
import type { WhileTyping } from '../../graph/while-typing.js';
import type { CaseId } from '../case.js';
import type { Doors } from '../doors.js';
import { canBeNamed } from './can-be-named.js';
import type { NamingAnswer, PeopleFound } from './desk.js';
import { mayAnswer, readCase, rightsOf } from './run-rights.js';

/** Letters and digits; with fewer, half of a directory fits. */
const FEWEST_TYPED = 2;
/** Control characters, marks that nobody sees, and halves of characters, which no address can carry. */
const NO_TEXT = /[\p{Cc}\p{Cf}\p{Cs}]+/gu;
/** Characters of the longest name or address that is looked for. */
const MOST_TYPED = 120;
/** As many as Teams shows in a list (teams.md 1.1). */
const MOST_OFFERED = 15;

/**
 * People whom an answer can name, while their name is being typed. Authorized like the answer itself; whoever is chosen is
 * looked up and checked again with it.
 * @throws GraphFailure
 */
export async function peopleFor(
  doors: Doors,
  whileTyping: WhileTyping,
  {
    caseId,
    by,
    answer,
    text,
  }: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly answer: NamingAnswer;
    readonly text: string;
  },
): Promise<PeopleFound> {
  const c = (await readCase(doors, caseId))?.doc;
  if (c === undefined || !mayAnswer(c, await rightsOf(doors, c, by))) return { kind: 'notYours' };
  const typed = text.slice(0, MOST_TYPED).replaceAll(NO_TEXT, ' ').trim();
  if ((typed.match(/[\p{L}\p{N}]/gu) ?? []).length < FEWEST_TYPED) return { kind: 'tooShort' };
  const found = await whileTyping(typed);
  if (found === 'busy') return { kind: 'busy' };
  const people = found.filter(({ id }) => canBeNamed(c, answer, id)).slice(0, MOST_OFFERED);
  return { kind: 'people', people };
}
