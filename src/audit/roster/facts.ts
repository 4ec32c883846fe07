import type { Policy } from '../../config/policy.js';
import { daysBetween, parseDay, type Day } from '../day.js';
import type { Person, UserId } from '../person.js';
import type { Roster, RosterFact } from './roster.js';

type Employment = Pick<Person, 'id' | 'hired' | 'leaves'>;
type LeaveDates = Pick<RosterFact, 'leaveFrom' | 'leaveUntil'>;
type RosterRules = Pick<Policy, 'roster' | 'inactivity'>;

/** Directories write year 1 or the like where they have no date. */
const FIRST_REAL_DAY = parseDay('1950-01-01') ?? 0;

/** The first day at work as the directory knows it, in the future too: such an account waits for somebody. */
export function hiredOn({ hired }: Pick<Person, 'hired'>): Day | undefined {
  return real(hired);
}

/**
 * What the directory's own dates say: whoever's last day at work is over has left, and is unknown when they were hired
 * again after it. No date, or one that is to come, says nothing.
 */
export function directoryRoster(person: Employment, today: Day): RosterFact | undefined {
  const leaves = real(person.leaves);
  if (leaves === undefined || leaves >= today) return undefined;
  const hired = hiredOn(person);
  const isBack = hired !== undefined && hired > leaves;
  return {
    status: isBack ? 'unknown' : 'left',
    asOf: today,
    origin: 'directory',
    leaveFrom: undefined,
    leaveUntil: undefined,
    ...(isBack ? { doubt: 'hiredAgain' } : {}),
  };
}

/**
 * What the newest file says of somebody on this day. Age makes every word of it void but leave: that has an end of its
 * own, or none. So has the time of grace after it.
 * @returns undefined when it says nothing about the person, or only what it is too old for
 */
export function fileFact(
  userId: UserId,
  roster: Roster | undefined,
  policy: RosterRules,
  today: Day,
): RosterFact | undefined {
  const fact = roster?.factOf(userId);
  if (roster === undefined || fact === undefined) return undefined;
  const onToday = factOnDay(fact, today);
  if (roster.isFresh(today, policy.roster.maxAgeDays) || onToday.status === 'onLeave') return onToday;
  const isBack = backFromLeave(fact, policy.inactivity.newAccountGraceDays, today) !== undefined;
  return isBack ? { ...fact, status: 'active', doubt: undefined } : undefined;
}

/**
 * The strictest safe reading of the newest file and of the directory. Where they contradict each other the person is
 * unknown; somebody on leave today is on leave, whatever else is said and however old the file is.
 * @returns undefined when neither says anything about the person
 */
export function rosterFactFor(
  person: Employment,
  roster: Roster | undefined,
  policy: RosterRules,
  today: Day,
): RosterFact | undefined {
  const file = fileFact(person.id, roster, policy, today);
  const directory = directoryRoster(person, today);
  if (file === undefined) return directory;
  if (isWithinLeave(file, today) || !contradicts(file, directory, person, today)) {
    // Somebody whom the file still has as active may have left since.
    return directory?.status === 'left' && file.status === 'active' ? directory : file;
  }
  return { ...file, status: 'unknown', doubt: 'directory', origin: `${file.origin} and directory` };
}

/** The file's word on a later day: leave begins and ends meanwhile. */
function factOnDay(fact: RosterFact, today: Day): RosterFact {
  if (isWithinLeave(fact, today)) return { ...fact, status: 'onLeave' };
  const { leaveUntil } = fact;
  const isOver = leaveUntil !== undefined && leaveUntil >= fact.asOf && leaveUntil < today;
  return fact.status === 'onLeave' && isOver ? { ...fact, status: 'active' } : fact;
}

/** By dates: the word alone, without any, has no day on which it ends. */
export function isWithinLeave({ leaveFrom, leaveUntil }: LeaveDates, today: Day): boolean {
  if (leaveFrom === undefined && leaveUntil === undefined) return false;
  return (leaveFrom ?? today) <= today && today <= (leaveUntil ?? today);
}

/** The first day after a leave that ended less than `graceDays` ago; undefined when none did. */
export function backFromLeave({ leaveUntil }: LeaveDates, graceDays: number, today: Day): Day | undefined {
  if (leaveUntil === undefined || leaveUntil >= today) return undefined;
  const back = (leaveUntil + 1) as Day;
  return daysBetween(back, today) < graceDays ? back : undefined;
}

function contradicts(
  file: RosterFact,
  directory: RosterFact | undefined,
  person: Employment,
  today: Day,
): boolean {
  const leaves = real(person.leaves);
  const hired = hiredOn(person);
  if (file.status === 'left') {
    const staysOn = leaves !== undefined && leaves >= today;
    const hiredSince = hired !== undefined && hired > file.asOf;
    return staysOn || hiredSince || directory?.status === 'unknown';
  }
  // A last day on or after the day of the file is news; one before it is what the file does not know.
  const isNews = file.status === 'active' && leaves !== undefined && leaves >= file.asOf;
  return directory?.status === 'left' && !isNews;
}

function real(day: Day | undefined): Day | undefined {
  return day === undefined || day < FIRST_REAL_DAY ? undefined : day;
}
