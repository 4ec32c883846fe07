import { actionsOf } from '../world/card-actions.js';
import type { Outcome } from './hostile-world.js';

interface SentActivity {
  readonly text?: string;
  readonly attachments?: readonly { readonly content: Record<string, unknown> }[];
}

/** What was sent to Teams because of something, newest last. */
export function sentIn({ sent }: Outcome): readonly SentActivity[] {
  return (JSON.parse(sent) as readonly (SentActivity | undefined)[]).flatMap((activity) => activity ?? []);
}

/** The texts that were sent. */
export function textIn(outcome: Outcome): string {
  return sentIn(outcome)
    .map(({ text }) => text ?? '')
    .join('\n');
}

/** What a button of the card that was sent brings. */
export function buttonIn(
  outcome: Outcome,
  title: string,
): { readonly verb: string; readonly data: Readonly<Record<string, unknown>> } {
  const cards = sentIn(outcome).flatMap(({ attachments = [] }) => attachments.map(({ content }) => content));
  const found = cards.flatMap((card) => actionsOf(card)).find((each) => each.title === title);
  if (found === undefined) throw new Error(`There is no button ${title} in ${outcome.sent}.`);
  return found as never;
}

/** The rows of names and values on the cards that were sent. */
export function factsIn(outcome: Outcome): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (typeof value !== 'object' || value === null) return;
    const part = value as Record<string, unknown>;
    if (part['type'] === 'FactSet')
      for (const { title, value: text } of part['facts'] as { title: string; value: string }[])
        found[title] = text;
    Object.values(part).forEach(look);
  };
  look(sentIn(outcome));
  return found;
}
