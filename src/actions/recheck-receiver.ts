import type { Person, Sku } from '../audit/person.js';
import type { StepLicense, StepOf } from '../cases/step.js';
import { holdsAllOf, lackedBy, unfit } from './receiver.js';
import type { Recheck } from './recheck.js';
import { licensesBefore } from './recheck-removal.js';
import { seatsLeft, type Seats } from './seats.js';

/**
 * A receiver who has got a license otherwise since the answer, or one that includes all of what they are to get, cannot
 * get that seat: it is not taken from its holder either, and a person chooses anew. undefined: they lack all of what is to
 * be given. To be asked before the giving is begun: afterwards it is we who gave it. Pure.
 */
export function recheckNotHeld(
  step: StepOf<'assignLicenses'>,
  person: Person | undefined,
  skus: readonly Sku[],
): Recheck | undefined {
  const { licenses } = step;
  const lacked = person === undefined ? licenses : lackedBy(person, licenses);
  if (lacked.length === licenses.length) return recheckNotIncluded(step, person, skus);
  const names = namesOf(licenses.filter((license) => !lacked.includes(license)));
  const task = `The receiver has got ${names} otherwise by now, so no seat is taken for them: undo and choose another one, or reclaim.`;
  return { kind: 'blocked', task };
}

/** The part of it that also holds where a license is given that comes from no other holder. Pure. */
export function recheckNotIncluded(
  { licenses }: StepOf<'assignLicenses'>,
  person: Person | undefined,
  skus: readonly Sku[],
): Recheck | undefined {
  const other = person === undefined ? undefined : includedIn(person, lackedBy(person, licenses), skus);
  if (other === undefined) return undefined;
  const task = `The receiver has got ${other} by now, which includes all of ${namesOf(licenses)}, so nothing is taken or given: undo and choose another one.`;
  return { kind: 'blocked', task };
}

function includedIn(
  person: Person,
  wanted: readonly StepLicense[],
  skus: readonly Sku[],
): string | undefined {
  // A receiver gets all of a license, whatever its holder had switched off in it.
  return holdsAllOf(
    person,
    wanted.map((license) => ({ ...license, disabledPlans: [] })),
    skus,
  );
}

function namesOf(licenses: readonly StepLicense[]): string {
  return licenses.map(({ name }) => name).join(', ');
}

/** Decides whether a receiver may get the seats; asked again just before the step. Pure. */
export function recheckReceiver(
  step: StepOf<'assignLicenses'>,
  person: Person | undefined,
  skus: readonly Sku[],
): Recheck {
  const fit = recheckFit(step, person, skus);
  if (fit.kind !== 'go') return fit;
  if (fit.person.usageLocation === undefined)
    return { kind: 'blocked', task: 'The receiver has no usage location: set one in Microsoft Entra first.' };
  return { kind: 'go', before: licensesBefore(fit.wanted) };
}

/** The usage location is set only for a receiver who can have the seats then. Pure. */
export function recheckLocation(
  giving: StepOf<'assignLicenses'>,
  person: Person | undefined,
  skus: readonly Sku[],
): Recheck {
  const fit = recheckFit(giving, person, skus);
  if (fit.kind !== 'go') return fit;
  return fit.person.usageLocation === undefined
    ? { kind: 'go', before: { of: 'usageLocation', missing: true } }
    : { kind: 'skip', why: 'The receiver has a usage location.' };
}

/** A seat that is taken is free only where no more are in use than were bought. Pure. */
export function recheckSeat(
  { licenses }: Pick<StepOf<'assignLicenses'>, 'licenses'>,
  skus: readonly Sku[],
): Recheck | undefined {
  const short = licenses.find(({ skuId }) => seatsLeft({ skus, heldSeats: new Map() }, skuId) < 0);
  if (short === undefined) return undefined;
  const task = `More seats of ${short.name} are in use than were bought, so that taking one would free none: free or buy some.`;
  return { kind: 'blocked', task };
}

/**
 * Why a license that comes from no other holder cannot be given: every seat is in use, or an undo may need it (safety
 * rule 6); undefined: it can. Pure.
 */
export function seatShortage(
  { licenses }: Pick<StepOf<'assignLicenses'>, 'licenses'>,
  seats: Seats,
): string | undefined {
  const short = licenses.find(({ skuId }) => seatsLeft(seats, skuId) < 1);
  return short && noSeatFor(short);
}

/** No seat of a license is free, or an undo may need it. */
export function noSeatFor({ name }: Pick<StepLicense, 'name'>): string {
  return `There is no free seat of ${name} that no undo may need: free or buy one.`;
}

type Fit =
  | { readonly kind: 'go'; readonly person: Person; readonly wanted: readonly StepLicense[] }
  | Exclude<Recheck, { kind: 'go' }>;

function recheckFit(step: StepOf<'assignLicenses'>, person: Person | undefined, skus: readonly Sku[]): Fit {
  if (person === undefined)
    return { kind: 'personNeeded', task: 'The receiver no longer exists: choose another one.' };
  if (!person.accountEnabled)
    return { kind: 'personNeeded', task: 'The receiver’s account is disabled: choose another one.' };
  const wanted = lackedBy(person, step.licenses);
  if (wanted.length === 0) return { kind: 'skip', why: 'The receiver has the licenses already.' };
  const why = unfit(person, wanted, skus);
  if (why !== undefined)
    return {
      kind: 'blocked',
      task: `The receiver ${why}: put that right first, or undo and choose another one.`,
    };
  const other = includedIn(person, wanted, skus);
  return other === undefined
    ? { kind: 'go', person, wanted }
    : { kind: 'skip', why: `The receiver has ${other}, which includes all of ${namesOf(wanted)}.` };
}
