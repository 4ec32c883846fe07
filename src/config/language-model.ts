import { z } from 'zod';

/** An Azure OpenAI deployment that reads questions which the grammar does not understand; optional. */
export interface LanguageModelSettings {
  readonly endpoint: string;
  readonly deployment: string;
  readonly apiVersion: string;
  /** undefined: the identity of the app is used, which needs no secret. */
  readonly key: string | undefined;
  /** For one question with all its tries; then it is answered without a model. */
  readonly timeoutMs: number;
}

const SECONDS_REMEDY = 'use a whole number from 1 to 20, or leave it out';

/** The variables as they are written. */
export const WRITTEN_LANGUAGE_MODEL = {
  AZURE_OPENAI_ENDPOINT: z
    .url('use the address of the resource, such as https://NAME.openai.azure.com')
    .optional(),
  AZURE_OPENAI_API_KEY: z.string().optional(),
  AZURE_OPENAI_DEPLOYMENT: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'use the name of the deployment: letters, digits, dots, dashes and underscores')
    .optional(),
  AZURE_OPENAI_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'use a date such as 2024-10-21, or leave it out')
    .optional(),
  AZURE_OPENAI_TIMEOUT_SECONDS: z.coerce
    .number(SECONDS_REMEDY)
    .int(SECONDS_REMEDY)
    .min(1, SECONDS_REMEDY)
    .max(20, SECONDS_REMEDY)
    .optional(),
};

export const LANGUAGE_MODEL_NAMES = [
  'AZURE_OPENAI_ENDPOINT',
  'AZURE_OPENAI_API_KEY',
  'AZURE_OPENAI_DEPLOYMENT',
  'AZURE_OPENAI_API_VERSION',
  'AZURE_OPENAI_TIMEOUT_SECONDS',
] as const satisfies readonly (keyof typeof WRITTEN_LANGUAGE_MODEL)[];

export type WrittenLanguageModel = Readonly<
  z.infer<z.ZodObject<Pick<typeof WRITTEN_LANGUAGE_MODEL, (typeof LANGUAGE_MODEL_NAMES)[number]>>>
>;

/** The newest version of the API that is no preview, as of this version of License Steward. */
const API_VERSION = '2024-10-21';
const TIMEOUT_SECONDS = 4;

/** undefined: no model is set, and nothing of it is loaded. */
export function languageModelOf(written: WrittenLanguageModel): LanguageModelSettings | undefined {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENT: deployment } = written;
  if (endpoint === undefined || deployment === undefined) return undefined;
  return {
    endpoint: endpoint.replace(/\/+$/, ''),
    deployment,
    apiVersion: written.AZURE_OPENAI_API_VERSION ?? API_VERSION,
    key: written.AZURE_OPENAI_API_KEY,
    timeoutMs: (written.AZURE_OPENAI_TIMEOUT_SECONDS ?? TIMEOUT_SECONDS) * 1_000,
  };
}

/** Half a model is a mistake, also where it is the half that could be left out. */
export function languageModelIsWhole(written: WrittenLanguageModel): readonly string[] {
  const set = LANGUAGE_MODEL_NAMES.filter((name) => written[name] !== undefined);
  if (set.length === 0) return [];
  return (['AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_DEPLOYMENT'] as const)
    .filter((name) => written[name] === undefined)
    .map(
      (name) =>
        `${name} is missing, but ${set.join(', ')} ${set.length === 1 ? 'is' : 'are'} set: ` +
        'set it too, or leave all AZURE_OPENAI settings out.',
    );
}

/** A token of Entra never goes out over http, so that a model on this machine has a key of its own. */
export function loopbackModelHasKey({
  AZURE_OPENAI_ENDPOINT: endpoint,
  AZURE_OPENAI_API_KEY: key,
}: WrittenLanguageModel): readonly string[] {
  if (endpoint === undefined || key !== undefined || new URL(endpoint).protocol === 'https:') return [];
  return [
    'AZURE_OPENAI_ENDPOINT begins with http, and AZURE_OPENAI_API_KEY is missing: ' +
      'use https, or set the key that the model on this machine takes.',
  ];
}
