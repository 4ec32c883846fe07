import type { CardJson } from '../bot/messenger.js';

/** One element or action of a card. */
export type Part = Readonly<Record<string, unknown>>;

/** Teams reads 1.5; without a version mobile clients show nothing. */
export function card(body: readonly Part[], actions: readonly Part[] = []): CardJson {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    body,
    ...(actions.length > 0 ? { actions } : {}),
  };
}

export function title(text: string): Part {
  return { type: 'TextBlock', text, size: 'Large', weight: 'Bolder', wrap: true, style: 'heading' };
}

export function heading(text: string): Part {
  return { type: 'TextBlock', text, weight: 'Bolder', wrap: true, spacing: 'Medium' };
}

export function line(text: string): Part {
  return { type: 'TextBlock', text, wrap: true, spacing: 'Small' };
}

/** Less important; still readable without its color. */
export function quiet(text: string): Part {
  return { type: 'TextBlock', text, wrap: true, spacing: 'Small', isSubtle: true, size: 'Small' };
}

export function facts(rows: readonly (readonly [name: string, value: string])[]): Part {
  return {
    type: 'FactSet',
    spacing: 'Small',
    facts: rows.map(([name, value]) => ({ title: name, value: breakable(value) })),
  };
}

/** Letters, digits and marks without a blank; an escaped mark stays with its escape. */
const LONG_WORD = /(?:\\.|(?!\\)[\p{L}\p{M}\p{N}\p{P}]){31,}/gu;
const SOME_OF_IT = /(?:\\.|(?!\\)[\p{L}\p{M}\p{N}\p{P}]){20}(?=.)/gu;

/** A column is as wide as its longest word, so that a very long one is given places to break (zero-width spaces). */
function breakable(text: string): string {
  return text.replaceAll(LONG_WORD, (word) => word.replaceAll(SOME_OF_IT, '$&\u200b'));
}

/** A box that stands out; its words say what its color says. */
export function box(
  style: 'default' | 'emphasis' | 'attention' | 'warning' | 'good' | 'accent',
  items: readonly Part[],
): Part {
  return { type: 'Container', style, spacing: 'Medium', items };
}

export interface Button {
  readonly title: string;
  readonly verb:
    | 'answer'
    | 'answerAll'
    | 'details'
    | 'undo'
    | 'object'
    | 'ask'
    | 'turn'
    | 'waiting'
    | 'admin'
    | 'write'
    | 'page'
    | 'waive';
  readonly data: Readonly<Record<string, unknown>>;
  readonly style?: 'positive' | 'destructive';
  readonly tooltip?: string;
  /** Sent and checked with the button (default: all that it can see). */
  readonly inputs?: 'none';
}

/** Action.Execute, and for clients that do not know it an Action.Submit with the same data. */
export function button({ title: text, verb, data, style, tooltip, inputs }: Button): Part {
  const look = {
    title: text,
    ...(style ? { style } : {}),
    ...(tooltip ? { tooltip } : {}),
    ...(inputs ? { associatedInputs: inputs } : {}),
  };
  return {
    type: 'Action.Execute',
    ...look,
    verb,
    data,
    fallback: { type: 'Action.Submit', ...look, data: { ...data, verb } },
  };
}

/**
 * A button that is a request: pressed, it is read and answered as if whoever presses it had written it just then.
 * @param request as it is written, without a name or reason left to fill in
 */
export function writes(title: string, request: string): Part {
  return button({ title, verb: 'write', data: { request } });
}

/** Buttons in the middle of a card. */
export function buttons(actions: readonly Part[]): Part {
  return { type: 'ActionSet', spacing: 'Small', actions };
}

/**
 * A button that opens a part of the card. Its buttons send and check the inputs inside and those of the card itself, and none
 * of what other such buttons open.
 */
export function opens(text: string, body: readonly Part[], actions: readonly Part[]): Part {
  return {
    type: 'Action.ShowCard',
    title: text,
    card: { type: 'AdaptiveCard', version: '1.5', body, actions },
  };
}
