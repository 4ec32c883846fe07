import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AuditResult, DoneAudit } from '../../src/audit/audit-result.js';
import { listOf } from '../../src/audit/findings.js';
import { missingSources } from '../../src/audit/sources/state.js';
import { reclaimableLicenses } from '../../src/audit/licenses/unused.js';
import { explain } from '../../src/cli/exit.js';
import type { FaultAnswer } from '../../src/simulator/faults.js';
import { someOf } from '../world/some-of.js';
import { auditWith, type Asked, type Ended, type Fault } from './fault-world.js';

jest.setTimeout(180_000);

const PEOPLE = 40;
const FOR_EVER = 100_000;
const BROKEN = ['html', 'halfBody', 'cutMidway', 'cutBefore', 'cutAfter'] as const;
const STATUSES = [400, 401, 403, 404, 429, 500, 503] as const;
const ANSWERS: readonly FaultAnswer[] = [
  ...STATUSES.map((status) => ({ kind: 'status', status }) as const),
  ...BROKEN.map((kind) => ({ kind })),
];
/** What somebody can do. */
const ADVICE =
  /\b(Check (the|that)|[Tt]ry again later|[Rr]un the audit again|The app needs|Correct its id|look for a proxy|Look at what|set "Display)\b/;

let whole: DoneAudit;
let asked: readonly Asked[];
let alone: readonly Asked[];

beforeAll(async () => {
  const { result, requests } = await auditWith([], PEOPLE);
  if (result?.kind !== 'done') throw new Error('An audit without faults is done.');
  whole = result;
  asked = requests;
  alone = requests.filter(({ inBatch }) => !inBatch);
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function turnOf<T>(all: readonly T[], turn: number): T {
  const one = all[turn % all.length];
  if (one === undefined) throw new Error('There is nothing to take turns with.');
  return one;
}

function answerOf(answer: FaultAnswer): string {
  return answer.kind === 'status' ? `${answer.status}` : answer.kind;
}

/** The request meets trouble once; whoever asks again gets the right answer. */
function once({ method, path, nth }: Asked, answer: FaultAnswer): Fault {
  return { method, path: `^${escaped(path)}`, after: nth, answer };
}

/** The same request about any person is the same operation. */
function operationsOf(requests: readonly Asked[]): ReadonlyMap<string, Fault> {
  const operations = new Map<string, Fault>();
  for (const { method, path } of requests) {
    const pattern = escaped(path).replace(/users\/[0-9a-f-]{36}/, 'users/[^/]+');
    operations.set(`${method} ${pattern}`, {
      method,
      path: `^${pattern}`,
      times: FOR_EVER,
      answer: { kind: 'html' },
    });
  }
  return operations;
}

/** Everything about an answer but the minutes that its reading took. */
function answered(result: DoneAudit): unknown {
  return { ...result, finishedAt: undefined, signInsReadAt: undefined };
}

/** Person and license of everything that could be taken, or that managers are asked about. */
function taken({ findings }: DoneAudit, which: 'all' | 'asked'): ReadonlySet<string> {
  const some = findings.filter(({ recommendation }) => which === 'all' || recommendation === 'ask');
  return new Set(
    some.flatMap((finding) =>
      reclaimableLicenses(finding).map(({ skuId }) => `${finding.person.id} ${skuId}`),
    ),
  );
}

/** What is wrong with an answer that lacks something: it must say so, and must judge nobody worse for it. */
function wrongWithLess(less: DoneAudit): readonly string[] {
  const missing = missingSources(less.sources).filter(
    (source) => !whole.sources.some((other) => isDeepStrictEqual(source, other)),
  );
  const caveats = less.caveats.filter((caveat) => !whole.caveats.includes(caveat));
  const now = new Map(less.findings.map((finding) => [finding.person.id, finding]));
  const more = (which: 'all' | 'asked'): readonly string[] =>
    [...taken(less, which)].filter((each) => !taken(whole, which).has(each));
  return [
    ...(missing.length + caveats.length === 0 ? ['it does not say what it lacks'] : []),
    ...missing.filter(({ why }) => !why).map(({ source }) => `it does not say why ${source} is missing`),
    ...more('all').map((each) => `it finds unused what is not: ${each}`),
    ...more('asked').map((each) => `it asks about what is protected: ${each}`),
    ...whole.findings.flatMap((finding) => {
      const { id } = finding.person;
      const found = now.get(id);
      if (found === undefined) return [`it calls ${id} active`];
      const isSecret = listOf(finding) === 'hr' && listOf(found) !== 'hr';
      return isSecret ? [`it shows ${id}, who is for HR alone, as ${listOf(found)}`] : [];
    }),
  ];
}

/** How an audit that judged nobody says so, as at a terminal. */
function sayingOf(result: AuditResult | undefined, error: unknown): string {
  if (result?.kind === 'stopped') return result.why.join('\n');
  let said = '';
  explain(error, (text) => (said += text));
  return said;
}

function wrongWithSaying(text: string): readonly string[] {
  return [
    ...(/^[A-Z].{20,}[.)]$/s.test(text) ? [] : [`it says no sentence: ${text}`]),
    ...(ADVICE.test(text) ? [] : [`it says not what to do: ${text}`]),
    ...(/^ +at /m.test(text) ? [`it shows its insides: ${text}`] : []),
  ];
}

function wrongWithSetting({ result, concealed, concealedLater, said }: Ended): readonly string[] {
  return [
    ...(concealed || result?.kind !== 'done' ? [] : ['names were shown when it was done']),
    ...(concealed || said.some((line) => line.includes('are still shown'))
      ? []
      : ['it said not that names are shown']),
    ...(concealedLater ? [] : ['names were shown after the next start']),
  ];
}

type Way = 'whole' | 'less' | 'nothing';

function wayOf({ result }: Ended): Way {
  if (result?.kind !== 'done') return 'nothing';
  return isDeepStrictEqual(answered(result), answered(whole)) ? 'whole' : 'less';
}

function wrongWith(ended: Ended): readonly string[] {
  const { result, error, said, token } = ended;
  const way = wayOf(ended);
  const text = way === 'nothing' ? sayingOf(result, error) : '';
  return [
    ...(way === 'nothing' ? wrongWithSaying(text) : []),
    ...(way === 'less' && result?.kind === 'done' ? wrongWithLess(result) : []),
    ...([text, ...said].some((line) => line.includes(token)) ? ['it tells the token'] : []),
    ...wrongWithSetting(ended),
  ];
}

interface Trouble {
  readonly name: string;
  readonly fault: Fault;
}

interface Sweep {
  readonly ways: Readonly<Record<Way, number>>;
  /** Audits after which names were still shown, until the next start. */
  readonly leftShown: number;
  readonly wrong: readonly string[];
}

/** One audit for each trouble. A sweep prints what it has seen; one that has seen too little must not pass. */
async function sweep(name: string, troubles: readonly Trouble[], atLeast: number): Promise<Sweep> {
  const ways = { whole: 0, less: 0, nothing: 0 };
  const wrong: string[] = [];
  let leftShown = 0;
  for (const trouble of troubles) {
    const ended = await auditWith([trouble.fault], PEOPLE);
    ways[wayOf(ended)] += 1;
    if (!ended.concealed) leftShown += 1;
    wrong.push(...wrongWith(ended).map((each) => `${trouble.name}: ${each}`));
  }
  const seen = `${ways.whole} right, ${ways.less} with less, ${ways.nothing} without an answer`;
  process.stdout.write(
    `fault sweep, ${name}: ${troubles.length} audits (${seen}), ${leftShown} put back later\n`,
  );
  if (troubles.length < atLeast) throw new Error(`The sweep has made ${troubles.length} audits only.`);
  return { ways, leftShown, wrong };
}

function named({ method, path, nth }: Asked, answer: FaultAnswer): string {
  return `${answerOf(answer)} for ${method} ${path} (${nth + 1})`;
}

describe('an audit without faults', () => {
  it('reads every source and finds people of every kind', () => {
    expect(missingSources(whole.sources).map(({ source }) => source)).toEqual(['roster']);
    expect(whole.figures).toMatchObject({ people: 39, unknown: 1, guests: 1 });
    expect(taken(whole, 'asked').size).toBeGreaterThanOrEqual(12);
    expect(whole.findings.filter((finding) => listOf(finding) === 'hr')).toHaveLength(4);
    expect(alone.length).toBeGreaterThanOrEqual(40);
  });
});

describe('a fault that passes', () => {
  // Every request meets two or three of the five kinds; with `SWEEP=all` each of them.
  it.each(BROKEN)('%s at a request leaves the right answer, less that says so, or none', async (kind) => {
    const requests = someOf(alone, BROKEN.indexOf(kind), 2);
    const troubles = requests.map((one) => ({ name: named(one, { kind }), fault: once(one, { kind }) }));
    const { ways, leftShown, wrong } = await sweep(`once ${kind}`, troubles, 20);
    expect(wrong).toEqual([]);
    expect(leftShown).toBe(0);
    if (kind.startsWith('cut')) expect(ways).toEqual({ whole: troubles.length, less: 0, nothing: 0 });
  });

  it('a status of seven, in turns, at every single request leaves the right answer, less that says so, or none', async () => {
    const troubles = alone.map((one, at) => {
      const answer = { kind: 'status', status: turnOf(STATUSES, at) } as const;
      return { name: named(one, answer), fault: once(one, answer) };
    });
    const { leftShown, wrong } = await sweep('once a status', troubles, 40);
    expect(wrong).toEqual([]);
    expect(leftShown).toBe(0);
  });

  it('a status at every seventh step of the batches as well', async () => {
    const steps = asked.filter(({ inBatch }, at) => inBatch && at % 7 === 0);
    const troubles = steps.map((one, at) => {
      const answer = { kind: 'status', status: turnOf(STATUSES, at) } as const;
      return { name: named(one, answer), fault: once(one, answer) };
    });
    expect((await sweep('once in a batch', troubles, 7)).wrong).toEqual([]);
  });
});

describe('a fault that stays', () => {
  it('at any of the operations, each with three of twelve kinds in turns, judges nobody worse', async () => {
    const troubles = [...operationsOf(asked)].flatMap(([operation, fault], at) =>
      [0, 1, 2].map((turn) => {
        const answer = turnOf(ANSWERS, at + turn * 4);
        return { name: `${answerOf(answer)} for ever for ${operation}`, fault: { ...fault, answer } };
      }),
    );
    expect((await sweep('for ever', troubles, 90)).wrong).toEqual([]);
  });

  it.each([403, 404] as const)('at what is read of single people: %d for ever for each', async (status) => {
    const troubles = [...operationsOf(asked.filter(({ inBatch }) => inBatch))].map(([operation, fault]) => ({
      name: `${status} for ever for ${operation}`,
      fault: { ...fault, answer: { kind: 'status', status } as const },
    }));
    expect((await sweep(`for ever ${status} in batches`, troubles, 3)).wrong).toEqual([]);
  });

  it('from any request on at all of them leaves no answer, and the next start conceals', async () => {
    const kinds = ['cutBefore', 'cutAfter', 'html'] as const;
    const troubles = alone.map((one, at) => {
      const answer = { kind: turnOf(kinds, at) };
      return {
        name: `from request ${at + 1} on ${named(one, answer)}`,
        fault: { after: at, times: FOR_EVER, answer },
      };
    });
    const { ways, leftShown, wrong } = await sweep('an outage', troubles, 40);
    expect(wrong).toEqual([]);
    expect(ways).toEqual({ whole: 0, less: 0, nothing: troubles.length });
    expect(leftShown).toBeGreaterThanOrEqual(20);
  });

  it.each([400, 401, 403, 404, 429, 503] as const)(
    'at the change that conceals again, %d: the audit says that names are shown, and the next start conceals',
    async (status) => {
      const answer = { kind: 'status', status } as const;
      const fault = { method: 'PATCH', path: '/admin/reportSettings', after: 1, times: FOR_EVER, answer };
      const ended = await auditWith([fault], PEOPLE);
      expect(wrongWith(ended)).toEqual([]);
      expect([wayOf(ended), ended.concealed, ended.concealedLater]).toEqual(['nothing', false, true]);
      expect(sayingOf(ended.result, ended.error)).toContain('Names in usage reports are still shown');
    },
  );
});
