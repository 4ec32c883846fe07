import type { CardJson } from '../../src/bot/messenger.js';

type Json = Readonly<Record<string, unknown>>;

/** A button that somebody sees on a card, and what they may fill in before they press it. */
export interface CardButton {
  readonly verb: string;
  readonly data: Json;
  readonly inputs: readonly CardInput[];
}

export interface CardInput {
  readonly id: string;
  readonly type: string;
  readonly choices: readonly string[];
}

interface Read {
  readonly buttons: readonly CardButton[];
  readonly cases: readonly string[];
}

/** Several rules read each card, and nobody changes one. */
const readBefore = new WeakMap<CardJson, Read>();

function read(card: CardJson): Read {
  const before = readBefore.get(card);
  if (before !== undefined) return before;
  const buttons = buttonsIn(card, []);
  const cases = buttons.flatMap(({ data }) => casesWith(data).map(({ caseId }) => caseId));
  const found = { buttons, cases: [...new Set(cases)] };
  readBefore.set(card, found);
  return found;
}

/** Every button of a card, those behind other buttons included. */
export function buttonsOf(card: CardJson): readonly CardButton[] {
  return read(card).buttons;
}

/** The cases about which a card can be answered. */
export function casesOf(card: CardJson): readonly string[] {
  return read(card).cases;
}

/** The cases and versions that a button sends: of its one case, or of all on a digest. */
export function casesWith(data: Json): readonly { readonly caseId: string; readonly version: number }[] {
  const all = Array.isArray(data['cases']) ? (data['cases'] as readonly Json[]) : [data];
  return all.flatMap(({ caseId, version }) =>
    typeof caseId === 'string' ? [{ caseId, version: Number(version ?? -1) }] : [],
  );
}

function buttonsIn(card: Json, above: readonly CardInput[]): readonly CardButton[] {
  const parts = [...partsIn(card['body']), ...listOf(card['actions'])];
  const inputs = [...above, ...parts.flatMap(inputOf)];
  return parts.flatMap((part) => {
    if (part['type'] === 'Action.ShowCard') return buttonsIn(part['card'] as Json, inputs);
    if (part['type'] !== 'Action.Execute' && part['type'] !== 'Action.Submit') return [];
    const data = (part['data'] ?? {}) as Json;
    return [{ verb: String(part['verb'] ?? data['verb']), data, inputs }];
  });
}

/** A body and everything in its containers. */
function partsIn(body: unknown): readonly Json[] {
  return listOf(body).flatMap((part) => [
    part,
    ...['items', 'columns', 'actions', 'cells', 'rows'].flatMap((key) => partsIn(part[key])),
  ]);
}

function inputOf(part: Json): readonly CardInput[] {
  const { id, type, choices } = part;
  if (typeof id !== 'string' || typeof type !== 'string' || !type.startsWith('Input.')) return [];
  return [{ id, type, choices: listOf(choices).map(({ value }) => String(value)) }];
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
