import { z } from 'zod';

// The elements of Adaptive Cards 1.5 that our cards use, and of each the properties that they use: a misspelled or newer one
// is refused. Charts are extensions of Teams.

const text = z.string().min(1);
const common = {
  id: text.optional(),
  separator: z.boolean().optional(),
  spacing: z.enum(['None', 'Small', 'Default', 'Medium', 'Large']).optional(),
};

const TextBlock = z.strictObject({
  type: z.literal('TextBlock'),
  ...common,
  text,
  wrap: z.literal(true),
  size: z.enum(['Small', 'Default', 'Medium', 'Large']).optional(),
  weight: z.enum(['Lighter', 'Default', 'Bolder']).optional(),
  isSubtle: z.boolean().optional(),
  style: z.enum(['default', 'heading']).optional(),
  horizontalAlignment: z.enum(['Left', 'Center', 'Right']).optional(),
});

const FactSet = z.strictObject({
  type: z.literal('FactSet'),
  ...common,
  facts: z.array(z.strictObject({ title: text, value: text })).min(1),
});

const input = {
  ...common,
  id: text,
  label: text,
  isRequired: z.boolean().optional(),
  errorMessage: text.optional(),
};

const InputText = z.strictObject({
  type: z.literal('Input.Text'),
  ...input,
  placeholder: text.optional(),
  value: text.optional(),
  isMultiline: z.boolean().optional(),
  maxLength: z.int().min(1),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const InputDate = z.strictObject({
  type: z.literal('Input.Date'),
  ...input,
  value: day.optional(),
  min: day.optional(),
  max: day.optional(),
});

const choiceSet = {
  type: z.literal('Input.ChoiceSet'),
  ...input,
  placeholder: text.optional(),
};
const choices = z.array(z.strictObject({ title: text, value: text }));
const InputChoiceSet = z.discriminatedUnion('style', [
  z.strictObject({ ...choiceSet, style: z.enum(['compact', 'expanded']), choices: choices.min(1) }),
  // Before anything is typed there may be nobody to choose. Clients of Teams know the search without a newer version.
  z.strictObject({
    ...choiceSet,
    style: z.literal('filtered'),
    choices,
    'choices.data': z.strictObject({
      type: z.literal('Data.Query'),
      dataset: z.string().regex(/^steward\/(receiver|other)\/[\w-]{1,100}$/),
      count: z.int().min(1).max(15),
    }),
  }),
]);

const figures = { type: text, title: text, colorSet: z.literal('categorical'), fallback: z.literal('drop') };
const Donut = z.strictObject({
  ...figures,
  type: z.literal('Chart.Donut'),
  data: z.array(z.strictObject({ legend: text, value: z.number() })).min(1),
});
const HorizontalBar = z.strictObject({
  ...figures,
  type: z.literal('Chart.HorizontalBar'),
  displayMode: z.literal('AbsoluteNoAxis'),
  data: z.array(z.strictObject({ x: text, y: z.number() })).min(1),
});

const look = {
  title: text,
  style: z.enum(['positive', 'destructive']).optional(),
  tooltip: text.optional(),
  associatedInputs: z.literal('none').optional(),
};
const data = z.record(z.string(), z.unknown());
const Submit = z.strictObject({ type: z.literal('Action.Submit'), ...look, data });
const Execute = z.strictObject({
  type: z.literal('Action.Execute'),
  ...look,
  verb: text,
  data,
  fallback: Submit,
});
const ShowCard = z.strictObject({
  type: z.literal('Action.ShowCard'),
  ...look,
  get card() {
    return z.strictObject({
      type: z.literal('AdaptiveCard'),
      version: z.literal('1.5'),
      body: z.array(Element),
      actions: z.array(Execute).optional(),
    });
  },
});
const Action = z.discriminatedUnion('type', [Execute, ShowCard]);

const Container = z.strictObject({
  type: z.literal('Container'),
  ...common,
  style: z.enum(['default', 'emphasis', 'attention', 'warning', 'good', 'accent']).optional(),
  get items() {
    return z.array(Element).min(1);
  },
});
const ColumnSet = z.strictObject({
  type: z.literal('ColumnSet'),
  ...common,
  get columns() {
    return z.array(
      z.strictObject({
        type: z.literal('Column'),
        width: z.enum(['auto', 'stretch']),
        items: z.array(Element),
      }),
    );
  },
});
const ActionSet = z.strictObject({
  type: z.literal('ActionSet'),
  ...common,
  actions: z.array(Action).min(1),
});

const Element: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    TextBlock,
    FactSet,
    InputText,
    InputDate,
    InputChoiceSet,
    Donut,
    HorizontalBar,
    Container,
    ColumnSet,
    ActionSet,
  ]),
);

export const CardSchema = z.strictObject({
  type: z.literal('AdaptiveCard'),
  $schema: z.literal('http://adaptivecards.io/schemas/adaptive-card.json'),
  version: z.literal('1.5'),
  msteams: z.strictObject({ width: z.literal('Full') }),
  body: z.array(Element).min(1),
  actions: z.array(Action).optional(),
});
