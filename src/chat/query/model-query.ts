import { MODEL_VALUE_FIELDS, type ModelQuestion } from './model-answer.js';
import { printQuery } from './print-query.js';
import { normalized, USUAL_LIST, type Ask, type Condition } from './query.js';
import { readQuery, type Reading } from './read-query.js';
import { quotedOnly, valuesNamed, type Vocabulary } from './vocabulary.js';

/**
 * The question of a model as one of ours, with the values that the audit has. What goes on is read from its printed
 * sentence, as a button's is: so nothing can be asked that could not be typed, and what is shown is what is looked up.
 * @returns undefined: it names a value that the audit does not have, or says what the grammar cannot say
 */
export function queryOfModel(
  { ask, subject, where }: ModelQuestion,
  vocabulary: Vocabulary,
): Extract<Reading, { kind: 'query' }> | undefined {
  const conditions = where.map((each) => conditionOf(each, vocabulary));
  if (conditions.some((each) => each === undefined)) return undefined;
  const sentence = printQuery(
    normalized({
      ask: askOf(ask),
      subject,
      conditions: conditions.flatMap((each) => each ?? []),
    }),
  );
  const reading = readQuery(sentence, quotedOnly(vocabulary));
  return reading.kind === 'query' && reading.as === 'card' && printQuery(reading.query) === sentence
    ? reading
    : undefined;
}

function askOf(ask: ModelQuestion['ask']): Ask {
  switch (ask.kind) {
    case 'list':
      return { ...USUAL_LIST, sort: ask.sort ?? USUAL_LIST.sort, top: ask.top };
    case 'groups':
      return { ...ask, top: ask.top };
    case 'total':
      return ask;
    default:
      return ask satisfies never;
  }
}

function conditionOf(where: ModelQuestion['where'][number], vocabulary: Vocabulary): Condition | undefined {
  if (!isOfValues(where)) return where;
  const found = where.values.map((value) => valuesNamed(value, where.field, vocabulary));
  if (found.some((values) => values.length === 0)) return undefined;
  return { field: where.field, is: where.is, values: found.flat() };
}

type OfValues = Extract<ModelQuestion['where'][number], { field: (typeof MODEL_VALUE_FIELDS)[number] }>;

function isOfValues(where: ModelQuestion['where'][number]): where is OfValues {
  return MODEL_VALUE_FIELDS.some((field) => field === where.field);
}
