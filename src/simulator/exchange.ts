import { z } from 'zod';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { listOf } from './query.js';
import { guidFor, randomOf } from './random.js';
import type { SimMailbox, SimMailTraits, SimPerson } from './sim-person.js';
import { mailboxSize } from './storage-reports.js';
import { acceptedPerson, findPerson, syncsFrom } from './tenant.js';
import { only } from './organization.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

/*
 * Exchange Online as its PowerShell module speaks to it: one address for all cmdlets, of which there are three here.
 * A mailbox that was converted is so in Exchange at once, in Graph some minutes later.
 */

export const EXCHANGE_PATH = '/adminapi/';
export const EXCHANGE_PERMISSION = 'Exchange.ManageAsApp';

/** A cmdlet that failed, in the shape that Exchange gives to it. */
export class ExchangeRefusal extends Error {
  override readonly name = 'ExchangeRefusal';

  constructor(
    readonly status: number,
    readonly code: string,
    /** What the cmdlet said; absent for what never reached one. */
    readonly said: string | undefined,
    message = 'Error executing cmdlet',
  ) {
    super(message);
  }
}

const INVOCATION = z.object({
  CmdletInput: z.object({
    CmdletName: z.string(),
    Parameters: z.record(z.string(), z.unknown()).default({}),
  }),
});

const TYPES: Readonly<Record<SimMailbox, string>> = {
  user: 'UserMailbox',
  linked: 'LinkedMailbox',
  shared: 'SharedMailbox',
  room: 'RoomMailbox',
  equipment: 'EquipmentMailbox',
  others: 'TeamMailbox',
};
const SETTABLE: ReadonlyMap<unknown, 'user' | 'shared'> = new Map([
  ['Regular', 'user'],
  ['Shared', 'shared'],
]);
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** POST /adminapi/beta/{tenant}/InvokeCommand @throws ExchangeRefusal */
export function invokeCommand(world: World, call: Omit<GraphCall, 'version' | 'origin'>): GraphAnswer {
  const [, version, tenantId, name] = call.segments;
  if (call.method !== 'POST' || version !== 'beta' || name !== 'InvokeCommand')
    throw new ExchangeRefusal(404, 'NotFound', undefined, 'Resource not found.');
  if (tenantId !== world.tenant.id || !world.granted.has(EXCHANGE_PERMISSION))
    throw new ExchangeRefusal(
      403,
      'Forbidden',
      undefined,
      'The role assigned to the application is not supported.',
    );
  if (call.headers['x-anchormailbox'] === undefined)
    throw new ExchangeRefusal(400, 'BadRequest', undefined, 'X-AnchorMailbox is missing.');
  const invocation = INVOCATION.safeParse(call.body);
  if (!invocation.success) throw new ExchangeRefusal(400, 'BadRequest', undefined, 'The request is invalid.');
  const { CmdletName, Parameters } = invocation.data.CmdletInput;
  const { rows, warnings } = run(world, CmdletName, Parameters);
  const select = listOf(call.query.get('$select'));
  return {
    status: 200,
    body: {
      json: {
        ...(warnings.length === 0 ? {} : { '@adminapi.warnings': warnings }),
        value: rows.map((row) => only(row, select)),
      },
    },
  };
}

interface Outcome {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly warnings: readonly string[];
}

function run(world: World, cmdlet: string, parameters: Readonly<Record<string, unknown>>): Outcome {
  switch (cmdlet) {
    case 'Get-Mailbox':
      return { rows: [mailboxRow(world, mailboxOf(world, parameters))], warnings: [] };
    case 'Get-MailboxStatistics':
      return { rows: [statisticsRow(world, mailboxOf(world, parameters))], warnings: [] };
    case 'Set-Mailbox':
      return setMailbox(world, mailboxOf(world, parameters), parameters['Type']);
    default:
      throw new ExchangeRefusal(
        400,
        'BadRequest',
        `|System.Management.Automation.CommandNotFoundException|The term '${cmdlet}' is not recognized as a name of a cmdlet, function, script file, or executable program.`,
      );
  }
}

type Owner = SimPerson & { readonly mailbox: SimMailbox };

/** Whose mailbox it is, with all that was accepted so far. */
function mailboxOf(world: World, { Identity }: Readonly<Record<string, unknown>>): Owner {
  const time = tenantTime(world);
  const seen = typeof Identity === 'string' ? findPerson(world.tenant, Identity, time) : undefined;
  const person = seen && acceptedPerson(world.tenant, seen.id, time);
  if (!person || person.mailbox === null) {
    throw new ExchangeRefusal(
      404,
      'NotFound',
      `Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object '${String(Identity)}' couldn't be found on 'SIM01A.PROD.OUTLOOK.COM'.`,
    );
  }
  return { ...person, mailbox: person.mailbox };
}

function mailboxRow(world: World, person: Owner): Readonly<Record<string, unknown>> {
  const traits = traitsOf(world, person);
  const { hasArchive } = person.usage;
  return {
    ExternalDirectoryObjectId: person.id,
    UserPrincipalName: person.userPrincipalName,
    DisplayName: person.displayName,
    RecipientTypeDetails: TYPES[person.mailbox],
    LitigationHoldEnabled: traits.litigationHold,
    InPlaceHolds: traits.retentionHold ? [`mbx${guidFor(1, person.index, 980).replaceAll('-', '')}:3`] : [],
    ComplianceTagHoldApplied: false,
    DelayHoldApplied: false,
    ArchiveStatus: hasArchive ? 'Active' : 'None',
    ArchiveGuid: hasArchive ? guidFor(1, person.index, 981) : NO_GUID,
    IsDirSynced: person.onPremisesSync === true,
  };
}

function statisticsRow(world: World, person: Owner): Readonly<Record<string, unknown>> {
  const bytes = Math.floor(mailboxSize(world, person));
  const gb = (bytes / 1024 ** 3).toPrecision(4);
  return {
    DisplayName: person.displayName,
    ItemCount: Math.ceil(bytes / 90_000),
    TotalItemSize: `${gb} GB (${bytes.toLocaleString('en-US')} bytes)`,
  };
}

/** AD says of a hybrid mailbox what it is, and says so again with the next sync. */
function setMailbox(world: World, person: Owner, type: unknown): Outcome {
  const to = SETTABLE.get(type);
  if (to === undefined) {
    throw new ExchangeRefusal(
      400,
      'BadRequest',
      `|System.ArgumentException|Cannot convert value "${String(type)}" to type "ConvertibleMailboxSubType".`,
    );
  }
  if (person.mailbox === to) {
    const unchanged = `The command completed successfully but no settings of '${person.id}' have been modified.`;
    return { rows: [], warnings: [unchanged] };
  }
  const at = world.now().getTime();
  const effectiveAt = at + world.rules.mailboxDelayMs;
  const revertsAt = traitsOf(world, person).hybrid ? syncsFrom(world.tenant, effectiveAt).next : null;
  world.tenant.book.append({ kind: 'mailboxType', userId: person.id, at, effectiveAt, type: to, revertsAt });
  return { rows: [], warnings: [] };
}

const SHARE = { litigationHold: 0.01, retentionHold: 0.02, hybrid: 0.5 } as const;
const PURPOSE = 21;

/** Of ordinary people, drawn when somebody asks, so that lists of them cost nothing; only synced ones are hybrid. */
function traitsOf(world: World, person: SimPerson): SimMailTraits {
  if (person.mailTraits) return person.mailTraits;
  const random = randomOf(world.tenant.facts.seed, person.index, PURPOSE);
  const [litigationHold, retentionHold, hybrid] = [random(), random(), random()];
  return {
    litigationHold: litigationHold < SHARE.litigationHold,
    retentionHold: retentionHold < SHARE.retentionHold,
    hybrid: person.onPremisesSync === true && hybrid < SHARE.hybrid,
  };
}
