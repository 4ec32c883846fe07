import { z } from 'zod';
import { effectsOf } from './changes.js';
import type { PersonPatch } from './changes.js';
import type { Faults } from './faults.js';
import { ok } from './graph-call.js';
import type { GraphAnswer } from './graph-call.js';
import { changePermissions } from './permissions.js';
import type { PermissionChange } from './permissions.js';
import type { Recorder } from './recorder.js';
import { findPerson } from './tenant.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

/*
 * What no real Graph has: a way for tests in other processes to look behind the tenant and to make trouble. Needs no
 * token, exists on loopback only.
 *
 *   GET    /_simulator/requests       every request so far: method, path, status, whether a token came along
 *   GET    /_simulator/effects        every license change that was really carried out, in order
 *   GET    /_simulator/people/{key}   the truth about one person, by object id or user principal name
 *   POST   /_simulator/people/{key}   change a person: jobTitle, accountEnabled, lastSuccessfulSignIn, licenses, ...
 *   POST   /_simulator/faults         script trouble: {times, after?, method?, path?, answer: {kind, ...}}
 *   DELETE /_simulator/faults         forget scripted trouble
 *   POST   /_simulator/permissions    {revoke: [...]} or {grant: [...]}: answers with all that are granted then
 */
export const CONTROL_PATH = '/_simulator/';

const date = z.iso.datetime().nullable();
const text = z.string().nullable();
const personPatch = z.strictObject({
  displayName: z.string().optional(),
  jobTitle: text.optional(),
  department: text.optional(),
  usageLocation: text.optional(),
  accountEnabled: z.boolean().optional(),
  managerId: text.optional(),
  mailbox: z.enum(['user', 'linked', 'shared', 'room', 'equipment', 'others']).nullable().optional(),
  lastSuccessfulSignIn: date.optional(),
  lastActivity: date.optional(),
  employeeLeaveDateTime: date.optional(),
  sponsorIds: z.array(z.string()).optional(),
  licenses: z
    .array(z.strictObject({ skuId: z.string(), disabledPlans: z.array(z.string()).optional() }))
    .optional(),
});

const permissionNames = z.array(z.string().min(1)).optional();
const permissionChange = z
  .strictObject({ grant: permissionNames, revoke: permissionNames })
  .refine(({ grant, revoke }) => grant ?? revoke, 'Say what to grant or what to revoke.');

export interface Behind {
  readonly world: World;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly permissions: Set<string>;
}

export function answerControl(behind: Behind, method: string, path: string, body: string): GraphAnswer {
  const [subject = '', key = ''] = path.slice(CONTROL_PATH.length).split('/').map(decodeURIComponent);
  switch (`${method} ${subject}`) {
    case 'GET requests':
      return ok(behind.recorder.requests);
    case 'GET effects':
      return ok(effectsOf(behind.world.tenant.book));
    case 'POST faults':
      return attempt(() => {
        behind.faults.add(JSON.parse(body) as Parameters<Faults['add']>[0]);
        return { open: behind.faults.open() };
      });
    case 'DELETE faults':
      behind.faults.clear();
      return ok({ open: [] });
    case 'POST permissions':
      return attempt(() => {
        changePermissions(behind.permissions, permissionChange.parse(JSON.parse(body)) as PermissionChange);
        return { permissions: [...behind.permissions].toSorted() };
      });
    case 'GET people':
      return onPerson(behind.world, key, () => undefined);
    case 'POST people':
      return attemptAnswer(() => {
        const values = patchOf(JSON.parse(body));
        return onPerson(behind.world, key, (userId) => patchPerson(behind.world, userId, values));
      });
    default:
      return { status: 404, body: { json: { error: `There is no ${method} ${path}.` } } };
  }
}

/** Changes a person as an administrator of the tenant might have, at once. */
export function patchPerson(world: World, userId: string, values: PersonPatch): void {
  world.tenant.book.append({ kind: 'patched', userId, at: world.now().getTime(), values });
}

function patchOf(input: unknown): PersonPatch {
  // zod's optional keys may hold undefined, which JSON cannot; so what was parsed has only keys with values.
  return personPatch.parse(input) as PersonPatch;
}

function onPerson(world: World, key: string, act: (userId: string) => void): GraphAnswer {
  const person = findPerson(world.tenant, key, tenantTime(world));
  if (!person) return { status: 404, body: { json: { error: `There is nobody with the key ${key}.` } } };
  act(person.id);
  return ok(findPerson(world.tenant, person.id, tenantTime(world)) ?? null);
}

function attempt(act: () => unknown): GraphAnswer {
  return attemptAnswer(() => ok(act()));
}

function attemptAnswer(act: () => GraphAnswer): GraphAnswer {
  try {
    return act();
  } catch (error) {
    return { status: 400, body: { json: { error: error instanceof Error ? error.message : String(error) } } };
  }
}
