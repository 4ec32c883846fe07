import type { UserId } from '../audit/person.js';
import type { ModelQuestion } from './query/model-answer.js';

/**
 * Turns free text that the grammar does not understand into a question of the grammar: a language model, where one is set.
 * It sees the text alone, and what it gives is looked up in the asker's right, as if it had been typed.
 */
export interface TextReader {
  /**
   * Never rejects.
   * @param asker whose budget it is; not sent
   * @returns undefined: no question, or no usable answer in time; the text is then answered without a model
   */
  read(text: string, asker: UserId): Promise<ModelQuestion | undefined>;
}
