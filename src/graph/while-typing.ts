import type { DirectoryEntry, Person } from '../audit/person.js';
import { nameKey } from '../audit/name-key.js';
import type { Clock } from './clock.js';
import type { GraphDoor } from './graph-door.js';

/** People of one answer of Graph. Where there may be more, a longer text is asked for anew. */
const MOST_READ = 50;
/** Milliseconds for which an answer is good enough to choose from: whoever is chosen is looked up again. */
const FRESH_MS = 60_000;
/** Answers that are kept. */
const MOST_KEPT = 200;
/**
 * Requests under way at once: however many people type, and however long Graph takes, the rest of the service notices no
 * more of it than this.
 */
const MOST_AT_ONCE = 4;

/**
 * People whose name, a part of it, or address begins with what somebody has typed so far: members of the organization
 * whose account is enabled, by name. `busy`: Graph is not asked now. It throws GraphFailure.
 */
export type WhileTyping = (text: string) => Promise<readonly DirectoryEntry[] | 'busy'>;

interface Answer {
  readonly at: number;
  readonly people: Promise<readonly DirectoryEntry[]>;
  /** Everybody whom the text fits, as soon as that is known. */
  whole?: readonly DirectoryEntry[];
}

/** Most that is typed goes on from what was typed a moment ago, so that one answer serves many letters. */
export function openWhileTyping({
  graph,
  clock,
}: {
  readonly graph: Pick<GraphDoor, 'findPeople'>;
  readonly clock: Pick<Clock, 'now'>;
}): WhileTyping {
  const answers = new Map<string, Answer>();
  let underWay = 0;
  const ask = (typed: string, wanted: string, at: number): Promise<readonly DirectoryEntry[]> => {
    underWay += 1;
    const found = graph.findPeople(typed, MOST_READ, { bySurname: true }).finally(() => (underWay -= 1));
    const answer: Answer = { at, people: found.then(entriesOf) };
    answers.set(wanted, answer);
    void Promise.all([found, answer.people]).then(
      ([read, people]) => {
        if (read.length < MOST_READ) answer.whole = people;
      },
      () => answers.get(wanted) === answer && answers.delete(wanted),
    );
    return answer.people;
  };
  return async (text) => {
    const now = clock.now().getTime();
    const wanted = keyOf(text);
    forget(answers, now);
    const same = answers.get(wanted);
    if (same !== undefined) return same.people;
    const wider = widerThan(answers, wanted);
    if (wider !== undefined) return wider.filter((person) => fits(person, wanted));
    return underWay >= MOST_AT_ONCE ? 'busy' : ask(onceBlank(text).trim(), wanted, now);
  };
}

/** Everybody whom a beginning of the text fits, where that is known. */
function widerThan(
  answers: ReadonlyMap<string, Answer>,
  wanted: string,
): readonly DirectoryEntry[] | undefined {
  for (let length = wanted.length - 1; length > 0; length -= 1) {
    const whole = answers.get(wanted.slice(0, length))?.whole;
    if (whole !== undefined) return whole;
  }
  return undefined;
}

/** What is too old, also by a clock that was put back, and the oldest where there are too many. */
function forget(answers: Map<string, Answer>, now: number): void {
  for (const [text, { at }] of answers) {
    const isOld = Math.abs(now - at) >= FRESH_MS;
    if (isOld || answers.size >= MOST_KEPT) answers.delete(text);
  }
}

/** Nothing is kept of people beyond what there is to choose from. */
function entriesOf(people: readonly Person[]): readonly DirectoryEntry[] {
  return people
    .filter(({ accountEnabled, kind }) => accountEnabled && kind === 'member')
    .map(({ id, displayName, userPrincipalName, mail }) => ({ id, displayName, userPrincipalName, mail }))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

function orderOf({ displayName, userPrincipalName }: DirectoryEntry): string {
  return `${keyOf(displayName)} ${userPrincipalName}`;
}

/**
 * As Graph compares: whatever the case, and at the beginning of a name, an address, or a part of it: a surname that is not
 * in the name stands there.
 */
function fits({ displayName, userPrincipalName, mail }: DirectoryEntry, wanted: string): boolean {
  const part = partsOf(wanted);
  return (
    part !== '' &&
    [displayName, userPrincipalName, mail ?? ''].some((text) => ` ${partsOf(text)}`.includes(` ${part}`))
  );
}

function keyOf(text: string): string {
  return nameKey(onceBlank(text));
}

function onceBlank(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

/** Without accents and with blanks for signs, so that nobody is left out whom Graph would find. */
function partsOf(text: string): string {
  return keyOf(text)
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
