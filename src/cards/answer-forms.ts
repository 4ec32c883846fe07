import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import type { CardAnswer } from '../cases/answering/desk.js';
import { alsoProtectedBy } from '../cases/hr/sealed.js';
import { DAY, inputDate, later } from './dates.js';
import type { Answerable, CaseView } from './case-view.js';
import { effectsOf } from './effects.js';
import { licenseNames } from './case-parts.js';
import { button, line, type Part } from './elements.js';
import { plainText } from './escape.js';

/** For how long licenses are kept where nothing else is chosen. */
export const KEEP_DAYS = 90;
const REASON_MAX = 500;

/** The inputs of one answer and the button that sends them. Ids of inputs are unique in the whole card. */
export interface Form {
  readonly kind: CardAnswer['kind'];
  readonly title: string;
  readonly body: readonly Part[];
  readonly send: Part;
}

/** The names under which the inputs arrive with a click. */
export const INPUTS = {
  keepReason: 'keepReason',
  keepUntil: 'keepUntil',
  reclaimReason: 'reclaimReason',
  receiver: 'reassignReceiver',
  reassignReason: 'reassignReason',
  leaveUntil: 'leaveUntil',
  other: 'askOther',
} as const;

export interface FormFill {
  /** What was typed before and is to be kept. */
  readonly typed?: CardAnswer;
  /** People that a typed receiver fits. */
  readonly choices?: readonly Person[];
}

export function answerForms(c: Answerable, view: CaseView, fill: FormFill = {}): readonly Form[] {
  if (c.state === 'hrReview') {
    const mayReclaim = alsoProtectedBy(c).length === 0;
    return [
      keepForm(c, view, fill),
      leaveForm(c, view, fill),
      ...(mayReclaim ? [reclaimForm(c, view, fill)] : []),
    ];
  }
  return [keepForm(c, view, fill), reassignForm(c, view, fill), reclaimForm(c, view, fill)];
}

/**
 * The rarer answers, behind one button. What one of them needs is not asked of the others, so it is the bot that says
 * what is missing. An admin cannot say that somebody is not in their team, and HR asks nobody else.
 */
export function rarerForms(c: Answerable, view: CaseView, fill: FormFill = {}): readonly Form[] {
  if (c.state === 'hrReview') return [];
  return [leaveForm(c, view, fill), ...(c.state === 'asked' ? [notMineForm(c)] : []), otherForm(c, fill)];
}

/** Only the date is asked for, never the reason or the kind of leave (field.md N1). */
function leaveForm(c: Case, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'onLeave' ? typed : undefined;
  return {
    kind: 'onLeave',
    title: 'On leave',
    body: [
      {
        type: 'Input.Date',
        id: INPUTS.leaveUntil,
        label: 'On leave: back on',
        ...(mine?.until ? { value: mine.until } : {}),
        min: inputDate(later(view.now, DAY), view),
      },
    ],
    send: sendButton(c, 'onLeave', 'On leave until then'),
  };
}

function notMineForm(c: Case): Form {
  return {
    kind: 'notMyReport',
    title: 'Not my report',
    body: [],
    send: sendButton(c, 'notMyReport', 'Not my report'),
  };
}

function otherForm(c: Case, { typed, choices = [] }: FormFill): Form {
  const mine = typed?.kind === 'askOther' ? typed : undefined;
  const label = 'Ask someone else: who can answer?';
  return {
    kind: 'askOther',
    title: 'Ask someone else',
    body: [
      choices.length > 0 && mine !== undefined
        ? personChoice(INPUTS.other, label, choices)
        : textInput({ id: INPUTS.other, label, placeholder: 'Name or e-mail address', value: mine?.person }),
    ],
    send: sendButton(c, 'askOther', 'Ask that person'),
  };
}

function keepForm(c: Case, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'keep' ? typed : undefined;
  return {
    kind: 'keep',
    title: 'Keep',
    body: [
      textInput({
        id: INPUTS.keepReason,
        label: 'Why is it still needed?',
        required: 'Please give a reason, a few words are enough.',
        placeholder: 'For example: needed for the audit in March',
        value: mine?.reason,
      }),
      {
        type: 'Input.Date',
        id: INPUTS.keepUntil,
        label: 'Ask again after',
        value: mine?.until ?? inputDate(later(view.now, KEEP_DAYS * DAY), view),
        min: inputDate(later(view.now, DAY), view),
        isRequired: true,
        errorMessage: 'Please choose a date after today.',
      },
    ],
    send: sendButton(c, 'keep', 'Keep the license'),
  };
}

function reassignForm(c: Answerable, view: CaseView, { typed, choices = [] }: FormFill): Form {
  const mine = typed?.kind === 'reassign' ? typed : undefined;
  return {
    kind: 'reassign',
    title: 'Reassign',
    body: [
      line(`**${licenseNames(c.licenses)}**: ${effectsOf(c, view).reassign}`),
      choices.length > 0 && mine !== undefined
        ? personChoice(INPUTS.receiver, 'Who gets it?', choices)
        : receiverText(mine?.receiver),
      textInput({ id: INPUTS.reassignReason, label: 'Reason (optional)', value: mine?.reason }),
    ],
    send: sendButton(c, 'reassign', 'Reassign the license'),
  };
}

function reclaimForm(c: Answerable, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'reclaim' ? typed : undefined;
  return {
    kind: 'reclaim',
    title: 'Reclaim',
    body: [
      line(`**${licenseNames(c.licenses)}**: ${effectsOf(c, view).reclaim}`),
      textInput({ id: INPUTS.reclaimReason, label: 'Reason (optional)', value: mine?.reason }),
    ],
    send: sendButton(c, 'reclaim', 'Reclaim the license', 'destructive'),
  };
}

function sendButton(c: Case, answer: CardAnswer['kind'], title: string, style?: 'destructive'): Part {
  return button({
    title,
    verb: 'answer',
    data: { caseId: c.caseId, version: c.version, answer },
    ...(style ? { style } : {}),
  });
}

function receiverText(value: string | undefined): Part {
  return textInput({
    id: INPUTS.receiver,
    label: 'Who gets it?',
    required: 'Please name the person who gets the license.',
    placeholder: 'Name or e-mail address',
    value,
  });
}

/** Values are object ids; the bot looks them up again whatever is sent. */
function personChoice(id: string, label: string, choices: readonly Person[]): Part {
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    placeholder: 'Choose a person',
    choices: choices.slice(0, 15).map((person) => ({
      title: `${plainText(person.displayName, 60)} (${plainText(person.userPrincipalName, 80)})`,
      value: person.id,
    })),
    isRequired: true,
    errorMessage: 'Please choose a person.',
  };
}

interface TextInput {
  readonly id: string;
  readonly label: string;
  /** Makes it required; said when it is empty. */
  readonly required?: string;
  readonly placeholder?: string;
  readonly value?: string | undefined;
}

function textInput({ id, label, required, placeholder, value }: TextInput): Part {
  return {
    type: 'Input.Text',
    id,
    label,
    maxLength: REASON_MAX,
    ...(placeholder ? { placeholder } : {}),
    ...(value ? { value: plainText(value, REASON_MAX) } : {}),
    ...(required ? { isRequired: true, errorMessage: required } : {}),
  };
}
