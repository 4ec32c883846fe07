import type { SkuId, UserId } from '../audit/person.js';
import { errorOf, failureOf, withoutAddresses } from './classify.js';
import type { LicenseChange, LicenseChangeAnswer } from './graph-door.js';
import type { Wire } from './wire.js';

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/**
 * Graph tells refusals apart only by their text, whose wording varies; so each is known by several pieces of text that
 * must occur together, among alternatives. Error names of group licensing are accepted as well.
 */
const REFUSALS = [
  { kind: 'inheritedFromGroup', texts: [['inherited', 'group']] },
  { kind: 'notHeld', texts: [['does not have', 'corresponding license']] },
  { kind: 'noUsageLocation', texts: [['usage location'], ['usagelocation']] },
  {
    kind: 'noFreeSeat',
    texts: [['does not have', 'available licenses'], ['not enough', 'licenses'], ['countviolation']],
  },
  { kind: 'conflict', texts: [['mutually exclusive'], ['mutuallyexclusiveviolation']] },
  { kind: 'dependency', texts: [['depends on'], ['dependencyviolation']] },
] as const satisfies readonly {
  readonly kind: LicenseChangeAnswer['kind'];
  readonly texts: readonly (readonly string[])[];
}[];

/**
 * One call for all SKUs of one person, so that dependencies among them resolve together. Both keys are always sent.
 * The call ends in the same state when it is repeated; but a repeated removal whose first answer was lost says
 * 'notHeld', so what is held afterwards is to be read, not concluded.
 */
export async function changeLicenses(
  wire: Wire,
  userId: UserId,
  change: LicenseChange,
): Promise<LicenseChangeAnswer> {
  const operation = 'users.assignLicense';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'POST',
    address: `/users/${encodeURIComponent(userId)}/assignLicense`,
    body: {
      addLicenses: change.add.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
      removeLicenses: change.remove,
    },
    write: 'repeatable',
    alsoAccept: [400, 404],
  });
  if (answer.status === 404) return { kind: 'personGone' };
  if (answer.status !== 400) return { kind: 'accepted' };
  const refusal = refusalOf(errorOf(answer.json).message ?? '');
  if (!refusal) throw failureOf(operation, answer);
  return refusal;
}

function refusalOf(message: string): LicenseChangeAnswer | undefined {
  const text = message.toLowerCase();
  const refusal = REFUSALS.find(({ texts }) =>
    texts.some((parts) => parts.every((part) => text.includes(part))),
  );
  if (!refusal) return undefined;
  switch (refusal.kind) {
    case 'noFreeSeat':
      return { kind: 'noFreeSeat', skuId: GUID.exec(text)?.[0] as SkuId | undefined };
    case 'dependency':
    case 'conflict':
      return { kind: refusal.kind, message: withoutAddresses(message) };
    default:
      return { kind: refusal.kind };
  }
}
