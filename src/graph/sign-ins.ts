import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import type { SignInPage, SignInRow, SignInsFrom } from './graph-door.js';
import { literal, piecesOf, withQuery } from './odata.js';
import { readAll, readPages } from './pages.js';
import { plainId, plainInstant, plainly, plainRecord } from './plain-fields.js';
import { ADVANCED, LICENSED, LOW_PRIORITY } from './users.js';
import { optionalInstant, userId } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const SELECT = 'id,signInActivity';
const SUCCESS = 'signInActivity/lastSuccessfulSignInDateTime';
/** Graph's cap for pages that select signInActivity. */
const LARGEST_PAGE = 500;
/** Graph's cap for one `in`. */
const IDS_PER_REQUEST = 15;

export const SIGN_IN_ROW = z
  .object({
    id: userId,
    signInActivity: z
      .object({
        lastSuccessfulSignInDateTime: optionalInstant,
        lastSignInDateTime: optionalInstant,
        lastNonInteractiveSignInDateTime: optionalInstant,
      })
      .nullish(),
  })
  .transform((row): SignInRow => ({
    userId: row.id,
    successful: row.signInActivity?.lastSuccessfulSignInDateTime,
    interactive: row.signInActivity?.lastSignInDateTime,
    nonInteractive: row.signInActivity?.lastNonInteractiveSignInDateTime,
  }));

/** One row as SIGN_IN_ROW reads it; undefined for one that is left to it. */
export function plainSignIn(value: unknown): SignInRow | undefined {
  return plainly((row) => {
    const userId = plainId<UserId>(row['id']);
    const activity = row['signInActivity'];
    if (activity === null || activity === undefined)
      return { userId, successful: undefined, interactive: undefined, nonInteractive: undefined };
    const dates = plainRecord(activity);
    return {
      userId,
      successful: dateOf(dates['lastSuccessfulSignInDateTime']),
      interactive: dateOf(dates['lastSignInDateTime']),
      nonInteractive: dateOf(dates['lastNonInteractiveSignInDateTime']),
    };
  }, value);
}

function dateOf(value: unknown): Date | undefined {
  const at = plainInstant(value);
  return at === undefined ? undefined : new Date(at);
}

/** Sign-in dates of everyone with at least one license. Whoever never signed in has a row without dates. */
export function readSignIns(wire: Wire, from?: SignInsFrom): AsyncIterable<SignInPage> {
  return filteredBy(wire, LICENSED, from);
}

/** Sign-in dates of everyone whose last success is not after `until`; Graph leaves out who has none recorded. */
export function readSignInsUntil(wire: Wire, until: Date, from?: SignInsFrom): AsyncIterable<SignInPage> {
  return filteredBy(wire, `${SUCCESS} le ${until.toISOString()}`, from);
}

/** Whether anybody has a successful sign-in at or after `since`. */
export async function readAnySignInSince(wire: Wire, since: Date): Promise<boolean> {
  const operation = 'users.list.signInActivity';
  const answer = await wire.send({
    operation,
    family: 'signInActivity',
    method: 'GET',
    address: withQuery('/users', {
      $filter: `${SUCCESS} ge ${since.toISOString()}`,
      $select: SELECT,
      $top: 1,
    }),
    headers: LOW_PRIORITY,
  });
  const page = parseAnswer(operation, z.object({ value: z.array(SIGN_IN_ROW) }), answer.json);
  return page.value.some(({ successful }) => successful !== undefined);
}

async function* filteredBy(wire: Wire, filter: string, from?: SignInsFrom): AsyncGenerator<SignInPage> {
  const listing = {
    operation: 'users.list.signInActivity',
    path: withQuery('/users', { $filter: filter, $count: true, $select: SELECT, $top: LARGEST_PAGE }),
    headers: { ...ADVANCED, ...LOW_PRIORITY },
    row: SIGN_IN_ROW,
    plainRow: plainSignIn,
    keyOf: (row: SignInRow) => row.userId,
    counted: true,
  } as const;
  let total = from?.total ?? 0;
  let next: string | undefined;
  const told = {
    ...listing,
    ...(from === undefined ? {} : { from }),
    onCount: (count: number) => (total = count),
    onNext: (link: string | undefined) => (next = link),
  };
  for await (const rows of readPages(wire, told)) yield { rows, total, next };
}

/** Sign-in dates of some people, one request after the other since their quota is the smallest of all. */
export async function readSignInsOf(wire: Wire, userIds: readonly UserId[]): Promise<readonly SignInRow[]> {
  const rows: SignInRow[] = [];
  for (const some of piecesOf([...new Set(userIds)], IDS_PER_REQUEST)) {
    const filter = `id in (${some.map(literal).join(',')})`;
    const found = await readAll(wire, {
      operation: 'users.list.signInActivity',
      path: withQuery('/users', { $filter: filter, $select: SELECT }),
      headers: LOW_PRIORITY,
      row: SIGN_IN_ROW,
      plainRow: plainSignIn,
      keyOf: (row) => row.userId,
    });
    const asked = new Set<string>(some);
    rows.push(...found.filter((row) => asked.has(row.userId)));
  }
  return rows;
}
