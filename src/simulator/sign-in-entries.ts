import { PLACES } from './bulk-words.js';
import { pick, randomOf } from './random.js';
import type { Random } from './random.js';
import { DAY_MS, YEAR_ONE } from './sim-person.js';
import type { SimPerson, SimSignIn } from './sim-person.js';
import { requestIdOf } from './wire-user.js';

/** One interactive sign-in, or a try of one. */
export interface SignInEntry {
  readonly id: string;
  readonly at: number;
  readonly person: SimPerson;
  readonly app: { readonly id: string; readonly name: string };
  readonly client: string;
  readonly ipAddress: string;
  /** 0: it went well. */
  readonly errorCode: number;
  readonly failureReason: string;
  readonly city: string | null;
  readonly country: string | null;
}

const EXCHANGE = { id: '00000002-0000-0ff1-ce00-000000000000', name: 'Office 365 Exchange Online' };
const APPS = [
  EXCHANGE,
  { id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Microsoft Teams' },
  { id: '4765445b-32c6-49b0-83e6-1d93765276ca', name: 'OfficeHome' },
] as const;
const CLIENTS = ['Browser', 'Browser', 'Mobile Apps and Desktop clients'] as const;

/** Somebody who guesses passwords tries three times in a row, the newest first. */
const GUESSES = [
  {
    secondsBefore: 0,
    kind: 1,
    code: 50053,
    reason: 'The account is locked, too many wrong passwords were tried.',
  },
  { secondsBefore: 41, kind: 3, code: 50126, reason: 'Invalid username or password.' },
  { secondsBefore: 97, kind: 4, code: 50126, reason: 'Invalid username or password.' },
] as const;

/** Drawn from this, and not from the tenant's seed: a sign-in is the same whatever tenant its person is in. */
const SEED = 23;

/**
 * A person's interactive sign-ins since a moment, newest first, as they follow from the person's sign-in dates. What
 * the person never did is not there: somebody whose attempts are newer than the last success only has failures, and
 * what a program did is not interactive.
 */
export function signInEntries(person: SimPerson, since: number): readonly SignInEntry[] {
  const { signIn } = person;
  const from = Math.max(since, person.created);
  const interactive = signIn?.interactive ?? null;
  if (signIn === null || interactive === null || interactive === YEAR_ONE) return [];
  const moments = momentsOf(interactive, signIn.everyDays, from);
  if (interactive === signIn.successful) return moments.map((at) => success(person, at));
  const guesses = moments.flatMap((at) => GUESSES.map((guess) => failure(person, at, guess)));
  const successes = successesBefore(signIn, from).map((at) => success(person, at));
  return [...guesses, ...successes].filter((entry) => entry.at >= from).toSorted((a, b) => b.at - a.at);
}

function momentsOf(newest: number, everyDays: number | null, from: number): readonly number[] {
  if (newest < from) return [];
  const step = (everyDays ?? 0) * DAY_MS;
  if (step === 0) return [newest];
  return Array.from({ length: Math.floor((newest - from) / step) + 1 }, (_each, i) => newest - i * step);
}

/** The last success, where it was a person's. */
function successesBefore({ successful, nonInteractive }: SimSignIn, from: number): readonly number[] {
  return successful === null || successful < from || successful === nonInteractive ? [] : [successful];
}

function success(person: SimPerson, at: number): SignInEntry {
  const random = randomAt(person, at);
  return {
    ...{ id: requestIdOf(person, at, 1) ?? '', at, person },
    app: pick(random, APPS),
    client: pick(random, CLIENTS),
    ipAddress: `198.51.100.${String(1 + (person.index % 250))}`,
    errorCode: 0,
    failureReason: 'Other.',
    city: person.city,
    country: person.usageLocation,
  };
}

function failure(person: SimPerson, attempt: number, guess: (typeof GUESSES)[number]): SignInEntry {
  const at = attempt - guess.secondsBefore * 1_000;
  const random = randomAt(person, attempt);
  return {
    ...{ id: requestIdOf(person, at, guess.kind) ?? '', at, person },
    app: EXCHANGE,
    client: 'Authenticated SMTP',
    ipAddress: `203.0.113.${String(1 + Math.floor(random() * 250))}`,
    errorCode: guess.code,
    failureReason: guess.reason,
    city: null,
    country: PLACES[Math.floor(random() * PLACES.length)]?.code ?? null,
  };
}

function randomAt(person: SimPerson, at: number): Random {
  return randomOf(SEED, person.index, Math.floor(at / 1_000));
}
