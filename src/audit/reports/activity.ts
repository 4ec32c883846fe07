import { isoDay, type Day } from '../day.js';
import type { Platform, ReportEvidence } from '../evidence.js';
import { PLATFORMS } from '../evidence.js';
import type { NameSlots } from './name-slots.js';
import { readReport, truth, type ReportReading, type ReportShape } from './reader.js';
import { dayColumn, rowStates, type RowState } from './slot-column.js';
import { datedFact } from './usage-index.js';

/** What a report that dates one service says, by slot. */
export interface ActivityIndex {
  readonly refreshed: Day;
  readonly people: number;
  stateAt(slot: number | undefined): RowState | 'absent';
  /** undefined also where the row is not usable. */
  lastUseAt(slot: number | undefined): Day | undefined;
  /** `hasService`: a person without the service has no row, which is no gap. */
  evidenceAt(slot: number | undefined, hasService: boolean): ReportEvidence;
}

export interface AppsIndex extends ActivityIndex {
  platformsAt(slot: number | undefined): Readonly<Record<Platform, boolean>> | undefined;
}

export type DatedReport = 'email' | 'teams' | 'sharePoint';

const TITLES = {
  email: 'The email activity report',
  teams: 'The Teams activity report',
  sharePoint: 'The SharePoint activity report',
} as const satisfies Record<DatedReport, string>;

const LAST_ACTIVITY = 'Last Activity Date';
const APPS = 'The Microsoft 365 Apps usage report';

/** Reads getEmailActivityUserDetail, getTeamsUserActivityUserDetail or getSharePointActivityUserDetail. */
export function readActivityReport(
  chunks: AsyncIterable<string>,
  report: DatedReport,
  names: NameSlots,
): Promise<ReportReading<ActivityIndex>> {
  return readReport(chunks, {
    title: TITLES[report],
    name: 'User Principal Name',
    deleted: 'Is Deleted',
    columns: [LAST_ACTIVITY],
    collect: () => {
      const { states, days, index } = datedColumns(TITLES[report]);
      return {
        row: (name, cells, places, read) =>
          takeDay(names.take(name), cells[places[0] ?? -1], read, states, days),
        damaged: (name) => void states.note(names.take(name), 'damaged'),
        finish: index,
      };
    },
  });
}

/** Reads getM365AppUserDetail: the last use of any app, and on which platforms. */
export function readAppsReport(
  chunks: AsyncIterable<string>,
  names: NameSlots,
): Promise<ReportReading<AppsIndex>> {
  return readReport(chunks, appsShape(names));
}

function appsShape(names: NameSlots): ReportShape<AppsIndex> {
  return {
    title: APPS,
    name: 'User Principal Name',
    deleted: undefined,
    columns: [LAST_ACTIVITY, 'Windows', 'Mac', 'Mobile', 'Web'],
    collect: () => {
      const { states, days, index } = datedColumns(APPS);
      const platforms = dayColumn();
      return {
        row: (name, cells, places, read) => {
          const slot = names.take(name);
          const bad = takeDay(slot, cells[places[0] ?? -1], read, states, days);
          if (bad === undefined) platforms.set(slot, bitsOf(cells, places) as Day);
          return bad;
        },
        damaged: (name) => void states.note(names.take(name), 'damaged'),
        finish: (refreshed) => ({
          ...index(refreshed),
          platformsAt: (slot) =>
            slot === undefined || states.of(slot) !== 'usable' ? undefined : platformsOf(platforms.raw(slot)),
        }),
      };
    },
  };
}

/** One bit a platform, in the order of PLATFORMS; their places follow that of the date. */
function bitsOf(cells: readonly string[], places: readonly number[]): number {
  let bits = 0;
  for (let at = 0; at < PLATFORMS.length; at += 1)
    if (truth(cells[places[at + 1] ?? -1] ?? '') === true) bits |= 1 << at;
  return bits;
}

function platformsOf(bits: number): Readonly<Record<Platform, boolean>> {
  const used = PLATFORMS.map((platform, at): [Platform, boolean] => [platform, (bits & (1 << at)) !== 0]);
  return Object.fromEntries(used) as Record<Platform, boolean>;
}

function takeDay(
  slot: number,
  text: string | undefined,
  read: (text: string) => Day | 'bad' | undefined,
  states: ReturnType<typeof rowStates>,
  days: ReturnType<typeof dayColumn>,
): 'date' | undefined {
  const day = read(text ?? '');
  if (day === 'bad') return 'date';
  if (states.note(slot, 'usable')) days.set(slot, day);
  return undefined;
}

function datedColumns(title: string): {
  readonly states: ReturnType<typeof rowStates>;
  readonly days: ReturnType<typeof dayColumn>;
  readonly index: (refreshed: Day) => ActivityIndex;
} {
  const states = rowStates();
  const days = dayColumn();
  const what = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  const index = (refreshed: Day): ActivityIndex => ({
    refreshed,
    people: states.people,
    stateAt: (slot) => states.of(slot),
    lastUseAt: (slot) => (slot === undefined || states.of(slot) !== 'usable' ? undefined : days.get(slot)),
    evidenceAt: (slot, hasService) => {
      const state = states.of(slot);
      if (state === 'twice') return { kind: 'unknown', why: `two rows of ${what} have this name` };
      if (state === 'damaged') return { kind: 'unknown', why: `the row in ${what} cannot be read` };
      if (state === 'absent' && hasService)
        return { kind: 'unknown', why: `no row in ${what} of ${isoDay(refreshed)}` };
      const day = slot === undefined ? undefined : days.get(slot);
      return { kind: 'read', refreshed, fact: datedFact(day, refreshed) };
    },
  });
  return { states, days, index };
}
