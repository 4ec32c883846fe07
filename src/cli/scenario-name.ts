import { ENGLISH, isMessage } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { clean } from './terminal.js';

/** Why there is a case, in words as the chat says it; files keep the bare name, and one that nobody knows stays as it is. */
export function scenarioName(scenario: string): string {
  const key = `entry.scenario.${scenario}`;
  return isMessage(key) ? text(ENGLISH, key) : clean(scenario);
}
