import type { Person, Sku } from '../audit/person.js';
import type { StepLicense, StepOf } from '../cases/step.js';
import { lackedBy, unfit } from './receiver.js';
import type { Recheck } from './recheck.js';
import { licensesBefore } from './recheck-removal.js';
import { seatsLeft, type Seats } from './seats.js';

/**
 * A receiver who has got a license otherwise since the answer cannot get that seat: it is not taken from its holder
 * either, and a person chooses anew. undefined: they lack all of what is to be given. To be asked before the giving is
 * begun: afterwards it is we who gave it. Pure.
 */
export function recheckNotHeld(
  { licenses }: StepOf<'assignLicenses'>,
  person: Person | undefined,
): Recheck | undefined {
  const lacked = person === undefined ? licenses : lackedBy(person, licenses);
  if (lacked.length === licenses.length) return undefined;
  const names = licenses.filter((license) => !lacked.includes(license)).map(({ name }) => name);
  const task = `The receiver has got ${names.join(', ')} otherwise by now, so no seat is taken for them: undo and choose another one, or reclaim.`;
  return { kind: 'blocked', task };
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
  return short === undefined
    ? undefined
    : `There is no free seat of ${short.name} that no undo may need: free or buy one.`;
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
  return why === undefined
    ? { kind: 'go', person, wanted }
    : { kind: 'blocked', task: `The receiver ${why}: put that right first, or undo and choose another one.` };
}
