import type { Person } from '../audit/person.js';
import type { StepOf } from '../cases/step.js';
import type { Recheck } from './recheck.js';
import { licensesBefore } from './recheck-removal.js';

/** Decides whether a receiver may get the seats; asked again just before the step. Pure. */
export function recheckReceiver(step: StepOf<'assignLicenses'>, person: Person | undefined): Recheck {
  if (person === undefined)
    return { kind: 'personNeeded', task: 'The receiver no longer exists: choose another one.' };
  if (!person.accountEnabled) {
    return { kind: 'personNeeded', task: 'The receiver’s account is disabled: choose another one.' };
  }
  if (person.usageLocation === undefined) {
    return { kind: 'blocked', task: 'The receiver has no usage location: set one in Microsoft Entra first.' };
  }
  const held = new Set(person.licenses.map((license) => license.skuId));
  const wanted = step.licenses.filter((license) => !held.has(license.skuId));
  if (wanted.length === 0) return { kind: 'skip', why: 'The receiver has the licenses already.' };
  return { kind: 'go', before: licensesBefore(wanted) };
}
