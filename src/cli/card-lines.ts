type Json = Readonly<Record<string, unknown>>;

/**
 * A card as it is read aloud, line by line: texts, facts, what is asked for with its choices, and buttons with what they
 * open. Pictures are left out: what they show stands in words as well. Pure.
 * @param card Adaptive Card JSON, as it was kept
 */
export function cardLines(card: unknown): readonly string[] {
  if (Array.isArray(card)) return card.flatMap(cardLines);
  if (typeof card !== 'object' || card === null) return [];
  const part = card as Json;
  return [...own(part), ...INSIDE.flatMap((name) => cardLines(part[name])).map(deeper(part))];
}

/** Where a card has further parts, in the order in which they are shown. */
const INSIDE = ['body', 'columns', 'rows', 'cells', 'items', 'card', 'actions'] as const;

function own(part: Json): readonly string[] {
  const type = textIn(part, 'type');
  if (type === 'TextBlock') return [textIn(part, 'text')];
  if (type === 'FactSet')
    return listIn(part, 'facts').map((fact) => `${textIn(fact, 'title')}: ${textIn(fact, 'value')}`);
  if (type.startsWith('Input.'))
    return [
      `${textIn(part, 'label')}: ____`,
      ...listIn(part, 'choices').map((choice) => `  ( ) ${textIn(choice, 'title')}`),
    ];
  if (type.startsWith('Action.')) return [`[${textIn(part, 'title')}]`];
  return [];
}

/** What a button opens stands below it. */
function deeper(part: Json): (line: string) => string {
  return textIn(part, 'type').startsWith('Action.') ? (line) => `  ${line}` : (line) => line;
}

function textIn(part: Json, name: string): string {
  const text = part[name];
  return typeof text === 'string' ? text : '';
}

function listIn(part: Json, name: string): readonly Json[] {
  const list = part[name];
  return Array.isArray(list)
    ? list.filter((each): each is Json => typeof each === 'object' && each !== null)
    : [];
}
