import { z } from 'zod';
import {
  BOUNDS,
  GROUP_FIELDS,
  LISTED_SUBJECTS,
  COUNTED_SUBJECTS,
  MOST_VALUES,
  SORT_KEYS,
  VERDICTS,
  type AskedState,
} from './query.js';
import { SCENARIO_NAMES, STATE_NAMES } from './english-sentences.js';
import type { Scenario } from '../../audit/finding.js';

/** UTF-16 units; a question takes a few hundred. */
export const LONGEST_ANSWER = 4_000;

/** Values that a model may name. No people: `manager` is left out, and units of AD are nothing that it could know. */
export const MODEL_VALUE_FIELDS = ['department', 'country', 'license', 'domain'] as const;
export const SCENARIOS = keysOf<Scenario>(SCENARIO_NAMES);
export const STATES = keysOf<AskedState>(STATE_NAMES);

const is = z.enum(['in', 'notIn']);

function oneOf<F extends z.ZodType, V extends z.ZodType>(field: F, value: V) {
  return z.strictObject({ field, is, values: z.array(value).min(1).max(MOST_VALUES) });
}

const Where = z.discriminatedUnion('field', [
  oneOf(z.enum(MODEL_VALUE_FIELDS), z.string().trim().min(1).max(120)),
  oneOf(z.literal('scenario'), z.enum(SCENARIOS)),
  oneOf(z.literal('verdict'), z.enum(VERDICTS)),
  oneOf(z.literal('state'), z.enum(STATES)),
  z.strictObject({
    field: z.enum(['days', 'cost']),
    is: z.enum(BOUNDS),
    amount: z.int().min(0).max(1_000_000),
  }),
]);

const top = z.int().min(1).max(1_000).optional();
const of = z.enum(['people', 'licenses', 'cost']);

const Ask = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('list'),
    sort: z.strictObject({ by: z.enum(SORT_KEYS), order: z.enum(['asc', 'desc']) }).optional(),
    top,
  }),
  z.strictObject({ kind: z.literal('total'), of }),
  z.strictObject({ kind: z.literal('groups'), by: z.enum(GROUP_FIELDS), of, top }),
]);

/**
 * What a language model may say, and nothing else: a question in the terms of `Query`, or that there is none. It has no
 * place for a command, a person, a file, a page or a question before.
 */
const ModelAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('question'),
    ask: Ask,
    subject: z.enum([...LISTED_SUBJECTS, ...COUNTED_SUBJECTS]),
    where: z.array(Where).max(12),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type ModelAnswer = z.infer<typeof ModelAnswer>;
export type ModelQuestion = Extract<ModelAnswer, { kind: 'question' }>;

export type ModelAnswerReading =
  | { readonly kind: 'answer'; readonly answer: ModelAnswer }
  /** `why`: for the model, to try once more. */
  | { readonly kind: 'wrong'; readonly why: string };

/** Reads the text that a model answered with. Never throws, whatever the text. */
export function readModelAnswer(text: string): ModelAnswerReading {
  if (text.length > LONGEST_ANSWER) return { kind: 'wrong', why: 'The answer is too long.' };
  const value = jsonOf(text);
  if (value === undefined) return { kind: 'wrong', why: 'The answer is not one JSON object.' };
  const read = ModelAnswer.safeParse(value);
  if (read.success) return { kind: 'answer', answer: read.data };
  const places = read.error.issues.slice(0, 5).map(({ path, code }) => `${path.join('.')} (${code})`);
  return {
    kind: 'wrong',
    why: `The object is not of the given form: ${places.join(', ').slice(0, 300)}. Give the corrected object alone.`,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function keysOf<K extends string>(names: Readonly<Record<K, string>>): readonly [K, ...K[]] {
  return Object.keys(names) as [K, ...K[]];
}
