import { z } from 'zod';

const ERROR = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    details: z
      .array(z.object({ message: z.string().nullish() }))
      .nullish()
      .catch(undefined),
    innererror: z
      .object({ internalException: z.object({ message: z.string().nullish() }).nullish() })
      .nullish()
      .catch(undefined),
  }),
});

export interface ExchangeError {
  readonly code: string | undefined;
  /** What the cmdlet said; the outer message only says that it failed. */
  readonly message: string | undefined;
}

/** Exchange's words for a failed cmdlet, wherever it put them. */
export function exchangeErrorOf(json: unknown): ExchangeError {
  const error = ERROR.safeParse(json).data?.error;
  const said = error?.details?.map(({ message }) => message).find((message) => message);
  return {
    code: error?.code ?? undefined,
    message: (said ?? error?.innererror?.internalException?.message ?? error?.message) || undefined,
  };
}

/** Why a cmdlet was not carried out, where trying again would not help. */
export type Refusal = 'noMailbox' | 'masteredInAd' | 'outOfScope' | 'noSuchCmdlet';

/** Exchange tells refusals apart only by their text; each is known by pieces that must occur together. */
const REFUSALS: readonly { readonly kind: Refusal; readonly texts: readonly (readonly string[])[] }[] = [
  { kind: 'noMailbox', texts: [['managementobjectnotfoundexception'], ['object', "couldn't be found on"]] },
  { kind: 'masteredInAd', texts: [['synchronized from your on-premises']] },
  { kind: 'outOfScope', texts: [['write scope']] },
  { kind: 'noSuchCmdlet', texts: [['is not recognized as']] },
];

export function refusalOf(json: unknown): Refusal | undefined {
  const text = exchangeErrorOf(json).message?.toLowerCase().replaceAll('’', "'") ?? '';
  return REFUSALS.find(({ texts }) => texts.some((parts) => parts.every((part) => text.includes(part))))
    ?.kind;
}
