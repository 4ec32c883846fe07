/** What others have written, at its worst, and how many licenses somebody holds. */
export interface Look {
  readonly name: string;
  /** Puts its own in the place of a text. */
  readonly dress: (text: string) => string;
  readonly licenses: number;
}

const ASTRONAUT = '👩🏽‍🚀';

function always(text: string): Look['dress'] {
  return () => text;
}

/** Every way in which names, titles, departments, products and reasons may look. */
export const LOOKS: readonly Look[] = [
  { name: 'plain', dress: (text) => text, licenses: 1 },
  { name: 'four-bytes', dress: (text) => `𝒜𝒹𝒶 𠮷野家 👩🏽‍🚀 ${text} 𝕷𝖔𝖛𝖊𝖑𝖆𝖈𝖊`, licenses: 1 },
  { name: 'right-to-left', dress: always('יעל כהן-לוי (مديرة المبيعات) Ltd. 42'), licenses: 2 },
  {
    name: 'long',
    dress: (text) => `${text} Maximilian-Alexander von und zu `.repeat(20).slice(0, 300),
    licenses: 3,
  },
  { name: 'long-word', dress: always('Donaudampfschifffahrt'.repeat(15).slice(0, 300)), licenses: 2 },
  { name: 'sixty-licenses', dress: (text) => text, licenses: 60 },
  {
    name: 'markdown',
    dress: always(
      '**Bold** _it_ ~no~ `x` [click](https://evil.example) ![](https://evil.example/x.png)\n# 1. a\n- b | c',
    ),
    licenses: 2,
  },
  {
    name: 'html',
    dress: always('<img src=x onerror=alert(1)> <at>All</at> <script>alert(1)</script> &lt;b&gt; "q" \\'),
    licenses: 2,
  },
  {
    name: 'braces',
    dress: always('{name} {{x}} ${person.name} {0} {count, plural, other {#}} #{x} %s'),
    licenses: 2,
  },
  { name: 'most-bytes', dress: always(ASTRONAUT.repeat(300)), licenses: 60 },
  { name: 'most-marks', dress: always('[*]"\\'.repeat(100)), licenses: 60 },
  { name: 'most-bytes-one-license', dress: always(ASTRONAUT.repeat(300)), licenses: 1 },
];

/** Keys under which somebody else's words are kept in cases, findings, audits and ledgers. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['displayName', 'jobTitle', 'department', 'country', 'name', 'reason', 'why', 'task'],
  ...['userPrincipalName', 'mail', 'code', 'text'],
]);

/** The same data with every text of others dressed. */
export function dressed<T>(data: T, { dress }: Look): T {
  return walk(data, undefined, dress) as T;
}

function walk(value: unknown, key: string | undefined, dress: Look['dress']): unknown {
  if (typeof value === 'string') return key !== undefined && WRITTEN.has(key) ? dress(value) : value;
  if (Array.isArray(value)) return value.map((each) => walk(each, key, dress));
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name, dress)]));
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}
