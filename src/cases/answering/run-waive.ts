import { nameKey } from '../../audit/name-key.js';
import type { UserId } from '../../audit/person.js';
import type { OwnedThing } from '../../graph/graph-door.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type CaseIn, type Instant, type PersonRef } from '../case.js';
import type { CommandOrder, CommandOutcome } from '../command.js';
import type { Doors } from '../doors.js';
import { meaningOf } from '../state-meanings.js';
import { isSealed } from '../hr/sealed.js';
import { takenIn } from '../life.js';
import { move } from '../run-move.js';
import { NO_CASE, orderedCase, SEVERAL_CASES } from '../run-ordered-case.js';
import { LONGEST_REASON } from './answer-rules.js';
import type { WaiveOutcome } from './desk.js';
import { HR_LEAVES_REST, letBe } from './run-letting-be.js';
import { caseForAdmin, caseForHr, nameOf } from './run-rights.js';
import { isWaived, type Waived } from './waiver.js';

type Outcome =
  | { readonly is: 'done'; readonly says: string; readonly caseId: string }
  | { readonly is: Extract<CommandOutcome['is'], 'failed'>; readonly says: string };

/** By what people call the files in a command. */
const FILES = 'OneDrive';
/** The same of what is in the mailbox. */
const MAILBOX = ['mailbox', 'postfach'];
/** The same of the message to the person before the steps. */
const NOTICE = ['notice', 'hinweis'];
/** The same of the account that is deleted in the end, with everything that is still in it. */
const ACCOUNT = ['account', 'konto'];
/** The same of what a person was to do, and of every step that is left. */
const TO_LET_BE: ReadonlyMap<string, 'task' | 'rest'> = new Map([
  ['task', 'task'],
  ['aufgabe', 'task'],
  ['rest', 'rest'],
]);
const ARTICLE = /^(?:the|die|den|das) /;

/**
 * Waives by name what stands in the way of a case, so that it goes on. Safe to repeat.
 * @throws GraphFailure, ChangedMeanwhile
 */
export async function waive(
  doors: Doors,
  what: Extract<CommandOrder, { order: 'waive' }>,
  by: PersonRef,
  askedAt: Instant,
): Promise<Outcome> {
  const stored = await orderedCase(doors, what, 'waived', askedAt);
  if (stored === undefined) return failed(NO_CASE);
  return stored === 'several' ? failed(SEVERAL_CASES) : waiveIn(doors, stored, { ...what, askedAt }, by);
}

/**
 * The same by an admin or, in their own cases, by somebody of HR in chat, whose right is looked up here (safety rules 3 and
 * 10). One of HR is enough: they leave all that is left as it is, and an undo of what two have agreed to without its end,
 * and say that they have looked into a mailbox.
 * @throws GraphFailure, ChangedMeanwhile
 */
export async function waiveInChat(
  doors: Doors,
  request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly thing: string;
    readonly reason: string;
  },
): Promise<WaiveOutcome> {
  const { caseId, by, thing } = request;
  const reason = request.reason.trim();
  const stored = (await caseForAdmin(doors, caseId, by)) ?? (await caseForHr(doors, caseId, by));
  if (stored === undefined) return { kind: 'noSuchCase' };
  if (reason === '' || reason.length > LONGEST_REASON)
    return { kind: 'refused', says: `Say why, in at most ${LONGEST_REASON} characters.` };
  const { is, says } = await waiveIn(
    doors,
    stored,
    { thing, reason, askedAt: instant(doors.clock.now()) },
    await nameOf(doors, by),
  );
  return { kind: is === 'done' ? 'waived' : 'refused', says };
}

async function waiveIn(
  doors: Doors,
  stored: Stored<Case>,
  request: { readonly thing: string; readonly reason: string; readonly askedAt: Instant },
  by: PersonRef,
): Promise<Outcome> {
  const { caseId, state } = stored.doc;
  const { thing, reason, askedAt } = request;
  const which = TO_LET_BE.get(nameKey(thing).replace(ARTICLE, ''));
  if (which !== undefined) return { ...(await letBe(doors, stored, { which, by, reason, askedAt })), caseId };
  // What two of HR have agreed to goes on whole, once somebody has looked into the mailbox.
  if (isSealed(stored.doc) && !isMailbox(thing)) return failed(HR_LEAVES_REST);
  const nothing = `Nothing stands in the way of this case that could be waived: ${meaningOf(state)}.`;
  if (!takenIn(state).includes('waived')) return failed(nothing);
  const found = await thingCalled(doors, stored.doc, thing);
  if ('says' in found) return failed(mayMatter(stored.doc) ? found.says : nothing);
  const { waived, name } = found;
  if (state === 'holding' && !mattersLater(stored.doc, waived)) return failed(nothing);
  if (isWaived(stored.doc, waived)) return { is: 'done', says: `${name} was waived already.`, caseId };
  const event = { type: 'waived', waived, name, by, reason } as const;
  await move(doors, stored, event, { actor: by, lease: 'release' });
  return { is: 'done', says: `${name} is waived in this case: it goes on.`, caseId };
}

/** Of a case whose steps are done, and whose account stays, it is not asked what is meant. */
function mayMatter(c: Case): boolean {
  return c.state !== 'holding' || c.deletes === true;
}

/** Once its steps are done: the files need somebody as before, the rest only matters where the account goes. */
function mattersLater({ deletes }: CaseIn<'holding'>, { of }: Waived): boolean {
  return of === 'files' || (deletes === true && (of === 'account' || of === 'owned'));
}

function failed(says: string): Outcome {
  return { is: 'failed', says };
}

interface Named {
  readonly waived: Waived;
  readonly name: string;
}

/** A group or team is meant by its id or its whole name, and only while the person alone owns it. */
async function thingCalled(
  { graph }: Pick<Doors, 'graph'>,
  c: Case,
  thing: string,
): Promise<Named | { readonly says: string }> {
  const wanted = nameKey(thing);
  if (wanted === nameKey(FILES)) return { waived: { of: 'files' }, name: `the files in ${FILES}` };
  const bare = wanted.replace(ARTICLE, '');
  if (isMailbox(thing)) {
    const isConcerned = c.scenario !== 'given' && c.licenses.some(({ hasMailboxPlan }) => hasMailboxPlan);
    return isConcerned
      ? { waived: { of: 'mailbox' }, name: 'what is in the mailbox' }
      : { says: 'No license that this case takes holds a mailbox.' };
  }
  if (ACCOUNT.includes(bare))
    return 'deletes' in c && c.deletes === true
      ? { waived: { of: 'account' }, name: 'what is in the account' }
      : { says: 'No account is deleted in this case.' };
  if (NOTICE.includes(bare)) return { waived: { of: 'notice' }, name: 'the notice to the person' };
  const owned = (await graph.ownedThings(c.userId)).filter(({ isSole }) => isSole);
  const fits = owned.filter((each) => namesOf(each).some((name) => nameKey(name) === wanted));
  const [only] = fits;
  if (only !== undefined && fits.length === 1)
    return { waived: { of: 'owned', groupId: only.id }, name: wordsOf(only) };
  if (fits.length > 1) return { says: `Several are called so: give the id.${listed(fits)}` };
  return { says: `The person is not the only owner of anything called so.${listed(owned)}` };
}

/** `Harbor crew`, `team Harbor crew`, `the team Harbor crew`, or the id. */
function namesOf(owned: OwnedThing): readonly string[] {
  const words = wordsOf(owned);
  return [owned.id, owned.displayName, words, words.replace(/^the /, '')];
}

function listed(owned: readonly OwnedThing[]): string {
  if (owned.length === 0) return '';
  return ` It may be: ${owned.map((each) => `${wordsOf(each)} (${each.id})`).join(', ')}.`;
}

function wordsOf({ displayName, isTeam }: OwnedThing): string {
  return `the ${isTeam ? 'team' : 'group'} ${displayName}`;
}

function isMailbox(thing: string): boolean {
  return MAILBOX.includes(nameKey(thing).replace(ARTICLE, ''));
}
