import { IntlMessageFormat } from 'intl-messageformat';

interface Element {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
}

/** Of the parser of ICU MessageFormat. */
const LITERAL = 0;
const POUND = 7;

/** Names of the places of a message, each once, in alphabetical order. @throws SyntaxError for what is no message */
export function placesOf(message: string, locale: string): readonly string[] {
  const elements = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).getAst();
  return [...new Set(namesIn(elements as readonly Element[]))].toSorted();
}

function namesIn(elements: readonly Element[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === LITERAL || element.type === POUND) return [];
    const inside = Object.values(element.options ?? {}).flatMap(({ value }) => namesIn(value));
    return [element.value ?? '', ...inside];
  });
}
