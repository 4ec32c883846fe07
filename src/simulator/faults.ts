import { z } from 'zod';

const statusFault = z.strictObject({
  kind: z.literal('status'),
  status: z.number().int().min(400).max(599),
  code: z.string().optional(),
  message: z.string().optional(),
  /** Sent as it is: seconds, a fraction, or an HTTP date. */
  retryAfter: z.string().optional(),
});

export const faultRule = z.strictObject({
  /** How many matching requests are spoiled. */
  times: z.number().int().positive().default(1),
  /** How many matching requests are let through first. */
  after: z.number().int().nonnegative().default(0),
  method: z.string().optional(),
  /** A regular expression over the decoded path and query; batch steps are matched by their own path. */
  path: z.string().optional(),
  answer: z.discriminatedUnion('kind', [
    statusFault,
    /** 200 with a web page, as a proxy might. */
    z.strictObject({ kind: z.literal('html') }),
    /** The right answer, ending in the middle although the headers are in order. */
    z.strictObject({ kind: z.literal('halfBody') }),
    /** The connection breaks in the middle of the right answer. */
    z.strictObject({ kind: z.literal('cutMidway') }),
    /** The connection breaks before anything is done. */
    z.strictObject({ kind: z.literal('cutBefore') }),
    /** Everything is done, but no answer comes. */
    z.strictObject({ kind: z.literal('cutAfter') }),
    z.strictObject({ kind: z.literal('wait'), ms: z.number().int().nonnegative() }),
  ]),
});

export type FaultRule = z.infer<typeof faultRule>;
export type FaultAnswer = FaultRule['answer'];
export type StatusFault = z.infer<typeof statusFault>;

/** Trouble to come, in the order in which it was scripted. */
export interface Faults {
  add(rule: z.input<typeof faultRule>): void;
  clear(): void;
  /** What is left: rules that have not been used up. */
  readonly open: () => readonly FaultRule[];
  /** Uses up one turn of the first rule that matches. `kinds` limits which rules are asked. */
  next(method: string, path: string, kinds?: readonly FaultAnswer['kind'][]): FaultAnswer | undefined;
}

export function makeFaults(): Faults {
  let rules: { rule: FaultRule; pattern: RegExp | undefined; left: number; first: number }[] = [];
  return {
    add(input) {
      const rule = faultRule.parse(input);
      const pattern = rule.path === undefined ? undefined : new RegExp(rule.path);
      rules.push({ rule, pattern, left: rule.times, first: rule.after });
    },
    clear() {
      rules = [];
    },
    open: () => rules.map(({ rule, left, first }) => ({ ...rule, times: left, after: first })),
    next(method, path, kinds) {
      const matching = rules.filter(
        ({ rule, pattern }) =>
          (rule.method === undefined || rule.method === method) &&
          (pattern === undefined || pattern.test(path)) &&
          (kinds === undefined || kinds.includes(rule.answer.kind)),
      );
      const found = matching.find(({ first }) => first === 0);
      // A rule counts what it lets through, also where another one spoils it.
      for (const waiting of matching) if (waiting.first > 0) waiting.first -= 1;
      if (!found) return undefined;
      found.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return found.rule.answer;
    },
  };
}
