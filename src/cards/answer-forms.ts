import { promiseOf } from '../cases/answering/promise.js';
import type { DirectoryEntry } from '../audit/person.js';
import type { Case, CaseIn } from '../cases/case.js';
import type { Taking } from '../cases/decision.js';
import { LONGEST_KEEP } from '../cases/answering/answer-rules.js';
import { canBeNamed } from '../cases/answering/can-be-named.js';
import type { CardAnswer, NamingAnswer } from '../cases/answering/desk.js';
import { alsoProtectedBy } from '../cases/hr/sealed.js';
import { choosable, DAY, inputDate, later } from './dates.js';
import type { Answerable, CaseView } from './case-view.js';
import { effectsOf } from './effects.js';
import { parkingText } from './parking-text.js';
import { licenseNames } from './case-parts.js';
import { text, type ReadyText } from '../i18n/text.js';
import { button, line, type Part } from './elements.js';
import { plainText } from './escape.js';
import { personInputs } from './person-inputs.js';

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
  receiverTyped: 'reassignReceiverTyped',
  reassignReason: 'reassignReason',
  leaveUntil: 'leaveUntil',
  parkUntil: 'parkUntil',
  other: 'askOther',
  otherTyped: 'askOtherTyped',
} as const;

export interface FormFill {
  /** What was typed before and is to be kept. */
  readonly typed?: CardAnswer;
  /** People that a typed receiver fits. */
  readonly choices?: readonly DirectoryEntry[];
}

export function answerForms(c: Answerable, view: CaseView, fill: FormFill = {}): readonly Form[] {
  if (c.state === 'hrReview') {
    const mayReclaim = alsoProtectedBy(c).length === 0;
    return [
      keepForm(c, view, fill),
      leaveForm(c, view, fill),
      ...(mayReclaim ? [...parkForms(c, view, fill), reclaimForm(c, view, fill)] : []),
    ];
  }
  return [keepForm(c, view, fill), reassignForm(c, view, fill), reclaimForm(c, view, fill)];
}

/**
 * The inputs of a form beside those of another: all that a button sends is checked with it. What one answer needs is not
 * asked of the others, so it is the bot that says what is missing.
 */
export function besideOthers({ body }: Form): readonly Part[] {
  return body.map(({ isRequired: _isRequired, ...part }) => part);
}

/** The same on the card itself: whatever is wrong with them must not keep another answer from being sent. */
export function unchecked(form: Form): readonly Part[] {
  return besideOthers(form).map(({ min: _min, max: _max, errorMessage: _errorMessage, ...part }) => part);
}

/**
 * The rarer answers, behind one button. An admin cannot say that somebody is not in their team, and HR asks nobody else.
 */
export function rarerForms(c: Answerable, view: CaseView, fill: FormFill = {}): readonly Form[] {
  if (c.state === 'hrReview') return [];
  return [
    leaveForm(c, view, fill),
    ...(c.state === 'asked' ? [notMineForm(c, view)] : []),
    otherForm(c, view, fill),
  ];
}

/** Only the date is asked for, never the reason or the kind of leave (field.md N1). */
function leaveForm(c: Case, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'onLeave' ? typed : undefined;
  return {
    kind: 'onLeave',
    title: text(view, 'answer.onLeave'),
    body: [returnInput(INPUTS.leaveUntil, mine?.until, view)],
    send: sendButton(c, 'onLeave', text(view, 'form.onLeave.send')),
  };
}

/** The day of the return. */
function returnInput(id: string, until: string | undefined, view: CaseView): Part {
  return {
    type: 'Input.Date',
    id,
    label: text(view, 'form.onLeave.until'),
    ...(until ? { value: until } : {}),
    ...choosable(view.now, LONGEST_KEEP, view),
    isRequired: true,
    errorMessage: text(view, 'form.onLeave.untilMissing'),
  };
}

/** None where no cheaper license can stand in. */
function parkForms(c: CaseIn<'hrReview'>, view: CaseView, { typed }: FormFill): readonly Form[] {
  const effect = parkingText(c, view);
  if (effect === undefined) return [];
  const mine = typed?.kind === 'park' ? typed : undefined;
  return [
    {
      kind: 'park',
      title: text(view, 'answer.park'),
      body: [line(effect), returnInput(INPUTS.parkUntil, mine?.until, view)],
      send: takingButton(c, 'park', view),
    },
  ];
}

function notMineForm(c: Case, view: CaseView): Form {
  return {
    kind: 'notMyReport',
    title: text(view, 'answer.notMyReport'),
    body: [],
    send: sendButton(c, 'notMyReport', text(view, 'form.notMyReport.send')),
  };
}

function otherForm(c: Case, view: CaseView, { typed, choices = [] }: FormFill): Form {
  const mine = typed?.kind === 'askOther' ? typed : undefined;
  return {
    kind: 'askOther',
    title: text(view, 'answer.askOther'),
    body: personInputs(
      {
        answer: 'askOther',
        caseId: c.caseId,
        ids: { chosen: INPUTS.other, typed: INPUTS.otherTyped },
        label: text(view, 'form.askOther.person'),
        choices: mine === undefined ? [] : choices,
        near: nearIn(c, 'askOther', view),
        typed: mine && writtenIn(mine.person, mine.beside),
      },
      view,
    ),
    send: sendButton(c, 'askOther', text(view, 'form.askOther.send')),
  };
}

function keepForm(c: Case, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'keep' ? typed : undefined;
  return {
    kind: 'keep',
    title: text(view, 'answer.keep'),
    body: [
      textInput({
        id: INPUTS.keepReason,
        label: text(view, 'form.keep.reason'),
        required: text(view, 'form.keep.reasonMissing'),
        placeholder: text(view, 'form.keep.reasonExample'),
        value: mine?.reason,
      }),
      {
        type: 'Input.Date',
        id: INPUTS.keepUntil,
        label: text(view, 'form.keep.until'),
        value: mine?.until ?? inputDate(later(view.now, KEEP_DAYS * DAY), view),
        ...choosable(view.now, LONGEST_KEEP, view),
        isRequired: true,
        errorMessage: text(view, 'form.keep.untilMissing'),
      },
    ],
    send: sendButton(c, 'keep', text(view, 'form.keep.send')),
  };
}

function reassignForm(c: Answerable, view: CaseView, { typed, choices = [] }: FormFill): Form {
  const mine = typed?.kind === 'reassign' ? typed : undefined;
  return {
    kind: 'reassign',
    title: text(view, 'answer.reassign'),
    body: [
      line(effectLine(c, effectsOf(c, view).reassign, view)),
      ...personInputs(
        {
          answer: 'reassign',
          caseId: c.caseId,
          ids: { chosen: INPUTS.receiver, typed: INPUTS.receiverTyped },
          label: text(view, 'form.reassign.receiver'),
          choices: mine === undefined ? [] : choices,
          near: nearIn(c, 'reassign', view),
          typed: mine && writtenIn(mine.receiver, mine.beside),
        },
        view,
      ),
      textInput({ id: INPUTS.reassignReason, label: text(view, 'form.reason'), value: mine?.reason }),
    ],
    send: takingButton(c, 'reassign', view),
  };
}

function reclaimForm(c: Answerable, view: CaseView, { typed }: FormFill): Form {
  const mine = typed?.kind === 'reclaim' ? typed : undefined;
  return {
    kind: 'reclaim',
    title: text(view, 'answer.reclaim'),
    body: [
      line(effectLine(c, effectsOf(c, view).reclaim, view)),
      textInput({ id: INPUTS.reclaimReason, label: text(view, 'form.reason'), value: mine?.reason }),
    ],
    send: takingButton(c, 'reclaim', view),
  };
}

function effectLine(c: Case, effect: ReadyText, view: CaseView): ReadyText {
  return text(view, 'form.effect', { licenses: licenseNames(c.licenses, view), effect });
}

function sendButton({ caseId, version }: Case, answer: CardAnswer['kind'], title: string): Part {
  return button({ title, verb: 'answer', data: { caseId, version, answer } });
}

/** An answer that takes licenses says by which rules it was read. */
function takingButton(c: Case, answer: Taking['kind'], view: CaseView): Part {
  const { caseId, version } = c;
  return button({
    title: text(view, `form.${answer}.send`),
    verb: 'answer',
    data: { caseId, version, answer, promise: promiseOf(c, view.policy) },
    ...(answer === 'reclaim' ? { style: 'destructive' } : {}),
  });
}

function nearIn(c: Case, answer: NamingAnswer, { near = [] }: CaseView): readonly DirectoryEntry[] {
  return near.filter(({ id }) => canBeNamed(c, answer, id));
}

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** What somebody wrote and has to correct; the id of whom they chose says nothing to them. */
function writtenIn(wanted: string, beside: string | undefined): string {
  return beside ?? (OBJECT_ID.test(wanted) ? '' : wanted);
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
