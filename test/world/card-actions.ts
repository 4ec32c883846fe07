import { DIGEST_INPUTS } from '../../src/cards/digest-card.js';

/** A button of a card, as a click sends it. */
export interface CardAction {
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Every action anywhere in a card. */
export function actionsOf(card: unknown): readonly CardAction[] {
  if (Array.isArray(card)) return card.flatMap(actionsOf);
  if (typeof card !== 'object' || card === null) return [];
  const node = card as Readonly<Record<string, unknown>>;
  const own =
    node['type'] === 'Action.Execute'
      ? [
          {
            title: String(node['title']),
            verb: String(node['verb']),
            data: node['data'] as CardAction['data'],
          },
        ]
      : [];
  return [...own, ...Object.values(node).flatMap(actionsOf)];
}

/** What Send brings with one choice on a card about several people; undefined: it is about one, or not about this case. */
export function choiceOn(card: unknown, caseId: string, choice: string): CardAction | undefined {
  const send = actionsOf(card).find(({ verb }) => verb === 'answerAll');
  if (send === undefined || !JSON.stringify(send.data).includes(`"${caseId}"`)) return undefined;
  return { ...send, data: { ...send.data, [DIGEST_INPUTS.answer(caseId)]: choice } };
}

/** The answer for one case on whatever card it is. */
export function answerOn(card: unknown, caseId: string, answer: string): CardAction | undefined {
  const alone = actionsOf(card).find(({ data }) => data['answer'] === answer && data['caseId'] === caseId);
  return alone ?? choiceOn(card, caseId, answer);
}

/** The case about a person on a card about several. */
export function caseOn(card: unknown, name: string): string {
  const details = actionsOf(card).find(({ verb, title }) => verb === 'details' && title.includes(name));
  const caseId = details?.data['caseId'];
  return typeof caseId === 'string' ? caseId : '';
}
