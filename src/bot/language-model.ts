import {
  LLMClient,
  Prompt,
  PromptManager,
  TextSection,
  type Memory,
  type PromptCompletionModel,
  type PromptResponseValidator,
  type PromptTemplate,
} from '@microsoft/teams-ai';
import { TurnContext, type BotAdapter } from 'botbuilder';
import { MODEL_PROMPT } from '../chat/model-prompt.js';
import { LONGEST_ANSWER, readModelAnswer, type ModelAnswer } from '../chat/query/model-answer.js';
import type { TextReader } from '../chat/text-reader.js';
import type { Log } from '../telemetry/log.js';
import { errorName, within } from './background.js';
import { openBudget } from './budget.js';
import {
  MOST_TOKENS,
  openCompletions,
  type Complete,
  type Completion,
  type CompletionDoors,
} from './chat-completions.js';

export interface TextReaderOptions extends CompletionDoors {
  /** The client wants a turn's context; nothing is sent with it. */
  readonly adapter: BotAdapter;
  readonly log: Log;
}

/** Questions of one person that go to the model within a minute. */
const ASKS_A_MINUTE = 6;
const MOST_REPAIRS = 1;

/**
 * A language model behind teams-ai's LLMClient, which gives it one chance to repair an answer of the wrong form. Nothing is
 * remembered from one text to the next. The client's own OpenAIModel is not used: it prints errors of the service to the
 * console, reads answers of any size, and neither its time nor its tries can be bounded as a chat needs it.
 */
export function openTextReader(options: TextReaderOptions): TextReader {
  const { model, clock, log } = options;
  const complete = openCompletions(options);
  const mayAsk = openBudget({ most: ASKS_A_MINUTE, ms: 60_000, clock });
  return {
    read: async (text, asker) => {
      if (!mayAsk(asker)) {
        log.info('A language model was not asked: the budget of this minute is used up.');
        return undefined;
      }
      const started = clock.now().getTime();
      const asking = askOnce(text, complete, options.adapter);
      const done = await within(model.timeoutMs, asking.answer).catch((error: unknown) => errorName(error));
      asking.giveUp();
      const answer = typeof done === 'string' ? undefined : done.value;
      const failure: Failed | undefined = done === 'late' ? { why: done } : asking.failed();
      log.info('A language model was asked.', {
        outcome: answer?.kind ?? 'noAnswer',
        why: failure?.why,
        status: failure?.status,
        calls: asking.calls(),
        ms: clock.now().getTime() - started,
      });
      return answer?.kind === 'question' ? answer : undefined;
    },
  };
}

type Failed = Omit<Extract<Completion, { kind: 'failed' }>, 'kind'>;

interface Asking {
  readonly answer: Promise<ModelAnswer | undefined>;
  readonly giveUp: () => void;
  readonly calls: () => number;
  readonly failed: () => Failed | undefined;
}

function askOnce(text: string, complete: Complete, adapter: BotAdapter): Asking {
  const end = new AbortController();
  let calls = 0;
  let failed: Failed | undefined;
  const model: PromptCompletionModel = {
    completePrompt: async (context, memory, functions, tokenizer, template) => {
      const most = template.config.completion.max_input_tokens;
      const rendered = await template.prompt.renderAsMessages(context, memory, functions, tokenizer, most);
      calls += 1;
      const messages = rendered.output.map(({ role, content }) => ({ role, content: String(content) }));
      const completion = shortEnough(await complete(messages, end.signal));
      if (completion.kind === 'failed') {
        failed = completion;
        return { status: 'error' };
      }
      return { status: 'success', message: { role: 'assistant', content: completion.text } };
    },
  };
  const client = new LLMClient<ModelAnswer>({
    model,
    template: templateFor(text),
    validator: VALIDATOR,
    // The bad answer and what is wrong with it; with less the client would forget them before it sends them.
    max_history_messages: 2,
    max_repair_attempts: MOST_REPAIRS,
  });
  const context = new TurnContext(adapter, { type: 'message' });
  return {
    answer: client
      .completePrompt(context, emptyMemory(), new PromptManager({ promptsFolder: '' }))
      .then(answerOf),
    giveUp: () => end.abort(),
    calls: () => calls,
    failed: () => failed,
  };
}

/** What is too long to be an answer is not sent back to be repaired. */
function shortEnough(completion: Completion): Completion {
  const isLong = completion.kind === 'text' && completion.text.length > LONGEST_ANSWER;
  return isLong ? { kind: 'failed', why: 'strange' } : completion;
}

function answerOf({
  status,
  message,
}: Awaited<ReturnType<LLMClient<ModelAnswer>['completePrompt']>>): ModelAnswer | undefined {
  return status === 'success' ? message?.content : undefined;
}

/** The text is quoted as data, and in no place where a template is read. */
function templateFor(text: string): PromptTemplate {
  return {
    name: 'question',
    prompt: new Prompt([
      new TextSection(MODEL_PROMPT, 'system'),
      new TextSection(JSON.stringify({ message: text }), 'user'),
    ]),
    config: {
      schema: 1.1,
      type: 'completion',
      completion: {
        completion_type: 'chat',
        include_history: false,
        include_input: false,
        include_images: false,
        max_input_tokens: 6_000,
        max_tokens: MOST_TOKENS,
        temperature: 0,
        top_p: 1,
        frequency_penalty: 0,
        presence_penalty: 0,
      },
    },
  };
}

const VALIDATOR: PromptResponseValidator<ModelAnswer> = {
  validateResponse: async (_context, _memory, _tokenizer, { message }) => {
    const reading = readModelAnswer(message?.content ?? '');
    return reading.kind === 'answer'
      ? { type: 'Validation', valid: true, value: reading.answer }
      : { type: 'Validation', valid: false, feedback: reading.why };
  },
};

/** What the client notes while it works on one text. */
function emptyMemory(): Memory {
  const values = new Map<string, unknown>();
  return {
    getValue: <T>(path: string) => values.get(path) as T,
    hasValue: (path) => values.has(path),
    setValue: (path, value) => void values.set(path, value),
    deleteValue: (path) => void values.delete(path),
  };
}
