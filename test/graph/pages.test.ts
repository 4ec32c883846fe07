import { describe, expect, test } from '@jest/globals';
import type { SignInPage, SignInRow } from '../../src/graph/graph-door.js';
import { collect, doorTo, failureOf, TOKEN } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import type { PretendGraph, Reply, Seen } from './pretend-graph.js';
import { wireUser } from './wire-people.js';

const EXPIRED = graphError(400, 'Directory_ExpiredPageToken', 'The specified page token value has expired.');

interface Book {
  readonly pages: readonly (readonly string[])[];
  /** What `@odata.count` says; by default the truth. */
  readonly count?: number | undefined;
}

function pageNumber(request: Seen): number {
  return Number(/\$skiptoken=(\d+)/.exec(request.url)?.[1] ?? '0');
}

function pageOf(book: Book, graph: () => PretendGraph, number: number): Reply {
  const count = 'count' in book ? book.count : book.pages.flat().length;
  const next = `${graph().origin}/v1.0/users?$count=true&$skiptoken=${number + 1}`;
  return {
    json: {
      '@odata.context': 'x',
      ...(number === 0 && count !== undefined ? { '@odata.count': count } : {}),
      ...(number + 1 < book.pages.length ? { '@odata.nextLink': next } : {}),
      value: (book.pages[number] ?? []).map((id) => wireUser(id)),
    },
  };
}

/** Most of a last page, and then the connection ends. */
function cutPage(book: Book, number: number): Reply {
  const whole = JSON.stringify(pageOf(book, () => ({ origin: '', seen: [] }), number).json);
  return { headers: { 'Content-Type': 'application/json' }, text: whole.slice(0, -500), cut: true };
}

/** A Graph that hands out `book`, unless `instead` says otherwise for a request. */
async function graphWith(
  book: Book,
  instead?: (request: Seen, index: number) => Reply | undefined,
): Promise<PretendGraph> {
  const graph: PretendGraph = await pretendGraph(
    (request, index) => instead?.(request, index) ?? pageOf(book, () => graph, pageNumber(request)),
  );
  return graph;
}

async function idsFrom(graph: PretendGraph): Promise<readonly string[]> {
  const people = await collect(doorTo(graph.origin).licensedPeople());
  return people.map((person) => person.id);
}

describe('a listing', () => {
  test('is read to its end, with the headers on every page and next links as they are', async () => {
    const graph = await graphWith({ pages: [['a', 'b'], [], ['c']] });
    expect(await idsFrom(graph)).toEqual(['a', 'b', 'c']);
    expect(graph.seen.map((request) => request.rawUrl).slice(1)).toEqual([
      '/v1.0/users?$count=true&$skiptoken=1',
      '/v1.0/users?$count=true&$skiptoken=2',
    ]);
    expect(graph.seen.map((request) => request.headers['consistencylevel'])).toEqual(
      Array(3).fill('eventual'),
    );
    expect(graph.seen.map((request) => request.headers['x-ms-throttle-priority'])).toEqual(
      Array(3).fill('low'),
    );
  });

  test('keeps a next link that the client library would rewrite', async () => {
    const odd =
      '/v1.0/users?$select=id&$select=mail&a=1&$top=5&b&$filter=x%20eq%20%27https%3A%2F%2Fy%2Fz%27&a=2';
    const graph: PretendGraph = await pretendGraph((_request, index) => ({
      json:
        index === 0
          ? { value: [], '@odata.count': 0, '@odata.nextLink': `${graph.origin}${odd}` }
          : { value: [] },
    }));
    await idsFrom(graph);
    expect(graph.seen[1]?.rawUrl).toBe(odd);
  });

  test('hands out a row once although pages repeat it', async () => {
    const graph = await graphWith({
      pages: [
        ['a', 'b'],
        ['B', 'c'],
      ],
      count: 3,
    });
    expect(await idsFrom(graph)).toEqual(['a', 'b', 'c']);
  });

  test('asks for the next page only when it is wanted', async () => {
    const graph = await graphWith({ pages: [['a'], ['b'], ['c']] });
    for await (const page of doorTo(graph.origin).licensedPeople()) {
      expect(page.map((person) => person.id)).toEqual(['a']);
      break;
    }
    expect(graph.seen).toHaveLength(1);
  });
});

describe('a partial read is a failed read', () => {
  test.each<readonly [string, Book]>([
    ['fewer rows than announced', { pages: [['a', 'b'], ['c']], count: 4 }],
    ['no count, so the filter was ignored', { pages: [['a']], count: undefined }],
  ])('%s', async (_name, book) => {
    const failure = await failureOf(idsFrom(await graphWith(book)));
    expect(failure.kind).toBe('unexpectedAnswer');
  });

  test('a few who leave during the pass over a big tenant are no failure', async () => {
    const ids = Array.from({ length: 1_999 }, (_, at) => `p${at}`);
    expect(await idsFrom(await graphWith({ pages: [ids], count: 2_000 }))).toHaveLength(1_999);
    expect((await failureOf(idsFrom(await graphWith({ pages: [ids], count: 2_002 })))).kind).toBe(
      'unexpectedAnswer',
    );
  });

  test('a page that stays broken ends the whole read', async () => {
    const graph = await graphWith({ pages: [['a'], ['b'], ['c']] }, (request) =>
      pageNumber(request) === 1
        ? { headers: { 'Content-Type': 'application/json' }, text: '{"value":[{"id"' }
        : undefined,
    );
    expect((await failureOf(idsFrom(graph))).kind).toBe('network');
  });

  test('a page broken once is read again', async () => {
    const graph = await graphWith({ pages: [['a'], ['b'], ['c']] }, (_request, index) =>
      index === 1 ? { cut: true } : undefined,
    );
    expect(await idsFrom(graph)).toEqual(['a', 'b', 'c']);
  });

  test('a page that breaks off after some of its people were handed out brings nobody twice', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => `p${String(at).padStart(3, '0')}`);
    const book = { pages: [['a'], ids] };
    const graph = await graphWith(book, (_request, index) => (index === 1 ? cutPage(book, 1) : undefined));
    expect(await idsFrom(graph)).toEqual(['a', ...ids]);
    expect(graph.seen).toHaveLength(3);
  });

  test('whoever stops in the middle of a page that breaks off later hears nothing more of it', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => `p${String(at).padStart(3, '0')}`);
    const book = { pages: [ids] };
    const graph = await graphWith(book, () => cutPage(book, 0));
    const unheard: unknown[] = [];
    const note = (reason: unknown) => unheard.push(reason);
    process.on('unhandledRejection', note);
    try {
      for await (const people of doorTo(graph.origin).licensedPeople()) if (people.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unheard).toEqual([]);
    expect(graph.seen).toHaveLength(1);
  });

  test('a row that is not as documented ends the read of a page that breaks off behind it', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => `p${String(at).padStart(3, '0')}`);
    const value = ids.map((id, at) => wireUser(id, at === 5 ? { accountEnabled: 'yes' } : {}));
    const whole = JSON.stringify({ '@odata.count': 400, value });
    const graph = await pretendGraph(() => ({
      headers: { 'Content-Type': 'application/json' },
      text: whole.slice(0, -500),
      cut: true,
    }));
    expect((await failureOf(idsFrom(graph))).message).toContain('"value.5.accountEnabled"');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(graph.seen).toHaveLength(1);
  });

  test.each([undefined, 'twelve', -1, 0.5])('nobody is handed out when the count is %p', async (count) => {
    const value = Array.from({ length: 400 }, (_, at) => wireUser(`p${at}`));
    const graph = await pretendGraph(() => ({ json: { '@odata.count': count, value } }));
    const found: unknown[] = [];
    const read = (async () => {
      for await (const people of doorTo(graph.origin).licensedPeople()) found.push(...people);
    })();
    expect((await failureOf(read)).kind).toBe('unexpectedAnswer');
    expect(found).toEqual([]);
  });

  test('people are handed out before their page is whole', async () => {
    const ids = Array.from({ length: 400 }, (_, at) => `p${String(at).padStart(3, '0')}`);
    const graph = await graphWith({ pages: [ids] });
    const sizes: number[] = [];
    for await (const people of doorTo(graph.origin).licensedPeople()) sizes.push(people.length);
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(400);
  });

  test.each<readonly [string, unknown]>([
    ['no value', {}],
    ['a value that is no list', { value: {} }],
    ['an empty next link', { value: [], '@odata.count': 0, '@odata.nextLink': '' }],
    ['a row without id', { value: [{ ...wireUser('a'), id: undefined }], '@odata.count': 1 }],
    [
      'a row without the licenses selected',
      { value: [{ ...wireUser('a'), assignedLicenses: undefined }], '@odata.count': 1 },
    ],
    ['null', null],
  ])('%s', async (_name, json) => {
    const graph = await pretendGraph(() => ({ json }));
    expect((await failureOf(idsFrom(graph))).kind).toBe('unexpectedAnswer');
  });
});

describe('next links', () => {
  test.each([
    ['another port', (other: string) => `${other}/v1.0/users?$skiptoken=1`],
    ['another host', () => 'https://graph.microsoft.com.evil.example/v1.0/users'],
    [
      'https instead of http',
      (_other: string, home: string) => `${home.replace('http:', 'https:')}/v1.0/users`,
    ],
    ['a user in the address', (_other: string, home: string) => `${home.replace('//', '//me@')}/v1.0/users`],
    [
      'the home address as a user',
      (other: string, home: string) => other.replace('//', `//${new URL(home).hostname}@`),
    ],
    ['another scheme', () => 'file:///etc/passwd'],
  ] as const)('to %s are refused before any request', async (_name, linkTo) => {
    const other = await pretendGraph(() => ({ json: { value: [] } }));
    const graph: PretendGraph = await pretendGraph(() => ({
      json: { value: [], '@odata.count': 0, '@odata.nextLink': linkTo(other.origin, graph.origin) },
    }));
    const failure = await failureOf(idsFrom(graph));
    expect(failure.kind).toBe('foreignOrigin');
    expect(failure.message).not.toContain(TOKEN);
    expect(graph.seen).toHaveLength(1);
    expect(other.seen).toHaveLength(0);
  });

  test('that are no address are no answer', async () => {
    const graph = await pretendGraph(() => ({
      json: { value: [], '@odata.count': 0, '@odata.nextLink': 'users?x' },
    }));
    expect((await failureOf(idsFrom(graph))).kind).toBe('unexpectedAnswer');
  });

  test('that lead back to an earlier page end the read', async () => {
    const graph: PretendGraph = await pretendGraph((_request, index) => ({
      json: {
        value: [wireUser(`p${index}`)],
        '@odata.count': 100,
        '@odata.nextLink': `${graph.origin}/v1.0/users?$skiptoken=${index % 3}`,
      },
    }));
    expect((await failureOf(idsFrom(graph))).message).toContain('circle');
    expect(graph.seen.length).toBeLessThan(10);
  });

  test('without end that bring nothing new end the read', async () => {
    const graph: PretendGraph = await pretendGraph((_request, index) => ({
      json: {
        value: [wireUser('a')],
        '@odata.count': 1,
        '@odata.nextLink': `${graph.origin}/v1.0/users?$skiptoken=${index}`,
      },
    }));
    expect((await failureOf(idsFrom(graph))).message).toContain('do not end');
  });
});

describe('a listing of sign-in dates that goes on from a place', () => {
  const book = { pages: [['a', 'b'], ['c'], ['d']] };

  /** The rows from the page `at` on, after so many of those announced. */
  async function rowsFrom(
    graph: PretendGraph,
    at: number,
    read: number,
    total = 4,
  ): Promise<readonly string[]> {
    const next = `${graph.origin}/v1.0/users?$count=true&$skiptoken=${at}`;
    const found: string[] = [];
    for await (const page of doorTo(graph.origin).signIns({ next, total, read })) {
      expect(page.total).toBe(total);
      found.push(...page.rows.map(({ userId }) => userId));
    }
    return found;
  }

  test('tells with each page which one follows, and goes on there with the same headers', async () => {
    const graph = await graphWith(book);
    const links: (string | undefined)[] = [];
    for await (const { next } of doorTo(graph.origin).signIns()) links.push(next);
    const link = (number: number) => `${graph.origin}/v1.0/users?$count=true&$skiptoken=${number}`;
    expect(links).toEqual([link(1), link(2), undefined]);
    expect(await rowsFrom(graph, 1, 2)).toEqual(['c', 'd']);
    expect(graph.seen.slice(3).map(pageNumber)).toEqual([1, 2]);
    expect(new Set(graph.seen.map(({ headers }) => headers['consistencylevel']))).toEqual(
      new Set(['eventual']),
    );
  });

  test('that brings fewer rows than are left fails', async () => {
    const failure = await failureOf(rowsFrom(await graphWith(book), 2, 2));
    expect(failure.message).toContain('only 3 of 4 rows came');
  });

  test.each([0, 1])(
    'whose token has expired after %d pages fails, and begins nothing anew',
    async (after) => {
      const graph = await graphWith(book, (_request, index) => (index === after ? EXPIRED : undefined));
      expect(await failureOf(rowsFrom(graph, 1, 2))).toMatchObject({
        kind: 'badRequest',
        details: { code: 'Directory_ExpiredPageToken' },
      });
      expect(graph.seen).toHaveLength(after + 1);
    },
  );

  test('of another origin is refused before any request', async () => {
    const [home, other] = [await graphWith(book), await graphWith(book)];
    const from = { next: `${other.origin}/v1.0/users?$skiptoken=1`, total: 4, read: 2 };
    const reading = collect(rowsIn(doorTo(home.origin).signIns(from)));
    expect((await failureOf(reading)).kind).toBe('foreignOrigin');
    expect([home.seen.length, other.seen.length]).toEqual([0, 0]);
  });
});

async function* rowsIn(pages: AsyncIterable<SignInPage>): AsyncGenerator<readonly SignInRow[]> {
  for await (const { rows } of pages) yield rows;
}

describe('an expired page token', () => {
  test('restarts the listing, and nobody comes twice or is left out', async () => {
    const graph = await graphWith({ pages: [['a', 'b'], ['c'], ['d']] }, (_request, index) =>
      index === 1 || index === 4 ? EXPIRED : undefined,
    );
    expect(await idsFrom(graph)).toEqual(['a', 'b', 'c', 'd']);
    expect(graph.seen.map(pageNumber)).toEqual([0, 1, 0, 1, 2, 0, 1, 2]);
  });

  test.each(['licensedPeople', 'signIns'] as const)(
    'after half of a page restarts it, and nobody comes twice or is left out: %s',
    async (listing) => {
      const ids = Array.from({ length: 400 }, (_, at) => `p${String(at).padStart(3, '0')}`);
      const book = { pages: [['a'], ids] };
      const replies = [undefined, cutPage(book, 1), EXPIRED];
      const graph = await graphWith(book, (_request, index) => replies[index]);
      const found: string[] = [];
      const door = doorTo(graph.origin);
      if (listing === 'signIns')
        for await (const { rows } of door.signIns()) found.push(...rows.map(({ userId }) => userId));
      else for await (const people of door.licensedPeople()) found.push(...people.map(({ id }) => id));
      expect(found).toEqual(['a', ...ids]);
      expect(graph.seen).toHaveLength(5);
    },
  );

  test('restarts it five times and no more', async () => {
    const graph = await graphWith({ pages: [['a'], ['b']] }, (request) =>
      pageNumber(request) === 1 ? EXPIRED : undefined,
    );
    expect(await failureOf(idsFrom(graph))).toMatchObject({
      details: { code: 'Directory_ExpiredPageToken' },
    });
    expect(graph.seen).toHaveLength(12);
  });
});
