import {
  groupsCard,
  groupsHeadline,
  peopleCard,
  peopleHeadline,
  totalCard,
  totalHeadline,
  type Answered,
} from '../cards/query-cards.js';
import type { CaseView } from '../cards/case-view.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { cardByModel, textByModel } from '../cards/model-note.js';
import { isShownWhole } from '../cards/query-parts.js';
import type { Asker, ChatSources, Shown } from './answer.js';
import { fileNote, type InFile } from './file-note.js';
import { csvFormFor, type FileOffer } from './file-offer.js';
import { everybodyText } from './everybody-text.js';
import { isForModel } from './for-model.js';
import { suggesting } from './say.js';
import { countedText, unclearText, unprovenText } from './query-text.js';
import { asksForCases, rowsOfCases } from './query/case-rows.js';
import { statesOf } from './query/case-states.js';
import { isForFigures, withoutFew } from './query/figures-only.js';
import { perhapsMeant } from './query/did-you-mean.js';
import { asksNeverUsed, unprovenIn } from './query/never-used.js';
import { printQuery } from './query/print-query.js';
import { queryOfModel } from './query/model-query.js';
import { isListed, type Query } from './query/query.js';
import { queryCsv } from './query/query-csv.js';
import { readQuery, type Reading } from './query/read-query.js';
import { hitsOf, type Source } from './query/hits.js';
import { answered, needsStates, type Result } from './query/result.js';
import { quotedOnly, withoutPeople } from './query/vocabulary.js';
import type { AuditRows, ReadModel } from './read-model.js';

/**
 * Answers a question about the latest audit, to admins and, in figures alone, to finance. Nobody else learns even which
 * words are known.
 * @param by `perhaps`: it may be no question at all; then undefined is given unless it is understood. `perhapsName`: the
 * same, and it may name somebody. `printed`: a sentence of ours, as buttons bring it back
 */
export async function answerQuestion(
  words: string,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
  by: 'typed' | 'perhaps' | 'perhapsName' | 'printed',
): Promise<Shown | FileOffer | undefined> {
  const { readModel } = sources;
  const isSure = by === 'typed' || by === 'printed';
  if (!mayAsk(asker)) return isSure ? refusalOf(asker, view) : undefined;
  const whole = await readModel.latestAudit();
  const audit = whole && asFor(asker, whole);
  if (audit === undefined) return isSure ? say(text(view, 'ask.noAudit')) : undefined;
  const before = await questionBefore(asker, readModel, audit);
  const known = by === 'printed' ? quotedOnly(audit.vocabulary) : audit.vocabulary;
  const reading = readQuery(words, known, before);
  if (reading.kind === 'query') return respond(reading, asker, audit, readModel, view);
  const { textReader } = sources;
  if (!isSure && !isMeant(reading) && textReader === undefined) return undefined;
  const meant =
    reading.kind === 'unclear'
      ? perhapsMeant(words, reading.problems, audit.vocabulary, { before, reader: view })
      : [];
  const isModels = (by === 'typed' || by === 'perhaps') && meant.length === 0;
  const read = isModels ? await readByModel(words, reading, audit, { asker, sources, view }) : undefined;
  if (read) return byModel(read.query, await respond(read, asker, audit, readModel, view), view);
  if (!isSure && !isMeant(reading)) return undefined;
  if (reading.kind === 'nothing') return say(text(view, 'chat.unknown'));
  return suggesting(unclearText(reading.problems, meant, view), meant);
}

type Understood = Extract<Reading, { kind: 'query' }>;

interface ForModel {
  readonly asker: Asker;
  readonly sources: Pick<ChatSources, 'textReader'>;
  readonly view: CaseView;
}

/** What a language model takes a text for, where one is set and the text may be shown to it. */
async function readByModel(
  words: string,
  reading: Reading,
  audit: AuditRows,
  { asker: { userId }, sources: { textReader }, view }: ForModel,
): Promise<Understood | undefined> {
  if (textReader === undefined || !isForModel(words, reading, audit)) return undefined;
  const question = await textReader.read(words, userId);
  const read = question && queryOfModel(question, audit.vocabulary);
  // Whoever asks has to see all of what it was taken for.
  return read && isShownWhole(printQuery(read.query, view)) ? read : undefined;
}

/** Every answer says who read the words; a file is nothing that a model can ask for. */
function byModel(query: Query, answer: Shown | FileOffer, view: CaseView): Shown | FileOffer {
  if (answer.kind === 'card') return { ...answer, card: cardByModel(answer.card, view) };
  return answer.kind === 'text'
    ? { ...answer, text: textByModel(answer.text, printQuery(query, view), view) }
    : answer;
}

/** Without names of people for whoever may not see them. */
function asFor({ roles }: Asker, audit: AuditRows): AuditRows {
  return roles.includes('admin') ? audit : { ...audit, vocabulary: withoutPeople(audit.vocabulary) };
}

/** Roles in which somebody may ask; the answer itself depends on which. */
function mayAsk({ roles }: Asker): boolean {
  return roles.includes('admin') || roles.includes('finance');
}

/** Understood whole, or with enough in it to say what is not. */
function isMeant(reading: Reading): boolean {
  return reading.kind === 'query' || (reading.kind === 'unclear' && reading.isQuestion);
}

async function questionBefore(
  { userId }: Asker,
  readModel: ReadModel,
  { vocabulary }: AuditRows,
): Promise<Query | undefined> {
  const last = await readModel.lastQuestion(userId);
  const reading = last === undefined ? undefined : readQuery(last, quotedOnly(vocabulary));
  return reading?.kind === 'query' ? reading.query : undefined;
}

async function respond(
  { query, as }: Understood,
  asker: Asker,
  audit: AuditRows,
  readModel: ReadModel,
  view: CaseView,
): Promise<Shown | FileOffer> {
  const mayList = asker.roles.includes('admin');
  if (!mayList && !isForFigures(query)) return say(text(view, 'ask.figuresOnly'));
  if (isListed(query.subject) && audit.tooMany.has(query.subject)) return say(text(view, 'ask.tooMany'));
  const source = await sourceOf(query, audit, readModel);
  const unproven = unprovenIn(query, audit.unproven);
  if (unproven.length > 0 && asksNeverUsed(query) && isNobody(query, source))
    return say(unprovenText(unproven, view));
  const result = mayList ? answered(query, source) : withoutFew(answered(query, source));
  if (result === undefined) return say(text(view, 'ask.tooFew'));
  if (as === 'file' && !mayList) return say(text(view, 'ask.figuresOnly'));
  if (as === 'file' && result.kind !== 'onlyCounted')
    return offerOf({ query, run: audit.run, result, unproven }, source, view);
  return shown({ query: onItsPage(query, result), run: audit.run, mayList, unproven }, result, view);
}

function isNobody(query: Query, source: Source): boolean {
  return hitsOf(query, source).hits.length === 0;
}

/** "page 9" of three is the third, from which "next" and "previous" go on. */
function onItsPage(query: Query, result: Result): Query {
  if (query.ask.kind !== 'list' || result.kind !== 'list') return query;
  return { ...query, ask: { ...query.ask, page: result.page } };
}

async function sourceOf(query: Query, { rows, run }: AuditRows, readModel: ReadModel): Promise<Source> {
  const counted = { active: run.active, protected: run.protected, everyone: run.people };
  if (!needsStates(query)) return { rows, counted };
  const cases = await readModel.unsealedCases();
  const more = asksForCases(query) ? rowsOfCases(cases, rows) : [];
  return { rows: [...rows, ...more], counted, states: statesOf(cases) };
}

function shown(about: Omit<Answered<Result['kind']>, 'result'>, result: Result, view: CaseView): Shown {
  const { query } = about;
  // As it is kept, to be read by whichever version: what is shown is in the reader's language.
  const question = printQuery(query);
  switch (result.kind) {
    case 'list':
      return {
        kind: 'card',
        card: peopleCard({ ...about, result }, view),
        summary: peopleHeadline(query, result.totals, view),
        question,
      };
    case 'total':
      return {
        kind: 'card',
        card: totalCard({ ...about, result }, view),
        summary: totalHeadline(query, result.totals, view),
        question,
      };
    case 'groups':
      return {
        kind: 'card',
        card: groupsCard({ ...about, result }, view),
        summary: groupsHeadline(query, result.totals, view),
        question,
      };
    case 'counted':
    case 'onlyCounted':
      if (result.kind === 'counted' && result.subject === 'everyone')
        return say(everybodyText(about.run, about.mayList, view));
      return say(countedText(result.subject, result.people, result.kind === 'counted', view));
    default:
      return result satisfies never;
  }
}

function offerOf(about: InFile, source: Source, view: CaseView): FileOffer {
  const { query, run } = about;
  const question = printQuery(query);
  return {
    kind: 'file',
    name: `licenses-${run.finishedAt.slice(0, 10)}.csv`,
    description: text(view, 'file.description'),
    csv: queryCsv(query, source, csvFormFor(view)),
    note: fileNote(about, view),
    source: { of: 'question', question, runId: run.runId },
  };
}

/** Why somebody is not answered who may ask for nothing. */
function refusalOf({ rolesUnknown }: Asker, reader: Language): Shown {
  if (rolesUnknown === true) return say(text(reader, 'chat.rolesUnknown'));
  return say(text(reader, 'chat.refused', { why: text(reader, 'chat.refused.lists') }));
}

function say(words: ReadyText): Shown {
  return { kind: 'text', text: words };
}
