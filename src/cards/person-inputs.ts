import type { DirectoryEntry } from '../audit/person.js';
import type { CaseId } from '../cases/case.js';
import type { NamingAnswer } from '../cases/answering/desk.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { Part } from './elements.js';
import { plainText } from './escape.js';

/** As many as Teams shows in a list (teams.md 1.1). */
const MOST_CHOICES = 15;
const LONGEST_NAME = 60;
const LONGEST_ADDRESS = 80;
/** Characters of what is typed. */
const LONGEST_TYPED = 120;

/** The value of a line in a list that is no person, but says why there is none: choosing it chooses nobody. */
export const NOBODY = 'nobody';

/** Beginnings of the names under which Teams asks us for people; the case follows. */
const DATASETS = {
  reassign: 'steward/receiver/',
  askOther: 'steward/other/',
} as const satisfies Record<NamingAnswer, string>;

/** The list from which an answer about a case names somebody, as a card of ours calls it. */
export function datasetOf(answer: NamingAnswer, caseId: CaseId): string {
  return `${DATASETS[answer]}${caseId}`;
}

/** The answer and the case that a list is for; undefined: no card of ours has such a list. */
export function listCalled(
  dataset: string,
): { readonly answer: NamingAnswer; readonly caseId: CaseId } | undefined {
  const answer = (['reassign', 'askOther'] as const).find((each) => dataset.startsWith(DATASETS[each]));
  const caseId = answer === undefined ? '' : dataset.slice(DATASETS[answer].length);
  return answer !== undefined && /^[\w-]{1,100}$/u.test(caseId)
    ? { answer, caseId: caseId as CaseId }
    : undefined;
}

/** One line of a list: whoever has the same name has another address. */
export interface Choice {
  readonly title: ReadyText;
  readonly value: string;
}

/**
 * @param typed what the title has to contain, because clients leave out what does not: it may have fit the mail address
 */
export function choiceOf(person: DirectoryEntry, typed = ''): Choice {
  const { displayName, userPrincipalName, mail } = person;
  const usual = titleOf(displayName, userPrincipalName);
  const isByMail = mail !== undefined && !contains(usual, typed) && contains(mail, typed);
  return { title: isByMail ? titleOf(displayName, mail) : usual, value: person.id };
}

function titleOf(name: string, address: string): ReadyText {
  return `${plainText(name, LONGEST_NAME)} (${plainText(address, LONGEST_ADDRESS)})` as ReadyText;
}

function contains(whole: string, part: string): boolean {
  return whole.toLowerCase().includes(part.toLowerCase());
}

/** The address in the title of a choice, which some clients send in place of its value; other text as it is. */
export function whomChosen(chosen: string): string {
  if (chosen === NOBODY) return '';
  return /\(([^()\s]+@[^()\s]+)\)$/u.exec(chosen)?.[1] ?? chosen;
}

export interface PersonInputs {
  readonly answer: NamingAnswer;
  readonly caseId: CaseId;
  /** Of the list and of the text beside it. */
  readonly ids: { readonly chosen: string; readonly typed: string };
  readonly label: ReadyText;
  /** People whom what was typed before fits: one of them has to be chosen. */
  readonly choices: readonly DirectoryEntry[];
  /** People who are offered before anything is typed. */
  readonly near: readonly DirectoryEntry[];
  /** What was typed before and is to be kept. */
  readonly typed: string | undefined;
}

/**
 * A person, chosen or written. Desktop and web find people of the whole directory while a name is typed; mobile clients have
 * shown nothing before that, and others know no search at all: for them, and for whoever knows an address, there is
 * the text. The bot looks up whatever is sent.
 */
export function personInputs(inputs: PersonInputs, reader: Language): readonly Part[] {
  const { ids, choices, typed } = inputs;
  return [
    choices.length > 0 ? oneOfThese(inputs, reader) : search(inputs, reader),
    {
      type: 'Input.Text',
      id: ids.typed,
      label: text(reader, 'form.personTyped'),
      placeholder: text(reader, 'form.person'),
      maxLength: LONGEST_TYPED,
      // What several people fit is not to be sent again beside the choice.
      ...(typed && choices.length === 0 ? { value: plainText(typed, LONGEST_TYPED) } : {}),
    },
  ];
}

function oneOfThese({ ids, label, choices }: PersonInputs, reader: Language): Part {
  return {
    type: 'Input.ChoiceSet',
    id: ids.chosen,
    label,
    style: 'compact',
    placeholder: text(reader, 'form.choosePerson'),
    choices: choices.slice(0, MOST_CHOICES).map((person) => choiceOf(person)),
  };
}

function search({ answer, caseId, ids, label, near }: PersonInputs, reader: Language): Part {
  return {
    type: 'Input.ChoiceSet',
    id: ids.chosen,
    label,
    style: 'filtered',
    placeholder: text(reader, 'form.findPerson'),
    choices: near.slice(0, MOST_CHOICES).map((person) => choiceOf(person)),
    'choices.data': { type: 'Data.Query', dataset: datasetOf(answer, caseId), count: MOST_CHOICES },
  };
}
