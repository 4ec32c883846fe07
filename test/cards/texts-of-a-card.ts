/** Under these names a card has what people read. */
const READ = new Set(['text', 'title', 'label', 'placeholder', 'errorMessage', 'tooltip', 'legend', 'x']);

export interface CardText {
  /** Where it stands in the card. */
  readonly at: string;
  readonly text: string;
}

/** Every text that somebody reads on a card, in order; what a choice or a button sends is none. */
export function textsOf(card: unknown, at = ''): readonly CardText[] {
  if (Array.isArray(card)) return card.flatMap((part, index) => textsOf(part, `${at}[${index}]`));
  if (typeof card !== 'object' || card === null) return [];
  return Object.entries(card).flatMap(([name, value]): readonly CardText[] => {
    const here = `${at}.${name}`;
    const isRead = READ.has(name) || (name === 'value' && /\.facts\[\d+\]$/u.test(at));
    if (typeof value === 'string') return isRead ? [{ at: here, text: value }] : [];
    // A chart has `data` that is read.
    return name === 'data' && 'verb' in card ? [] : textsOf(value, here);
  });
}
