import type { Person } from '../../audit/person.js';
import type { StepOf } from '../../cases/step.js';

/** Those of a step's licenses that the person holds through its group now. */
export function throughGroup(
  person: Person,
  { groupId, licenses }: Pick<StepOf<'leaveGroup'>, 'groupId' | 'licenses'>,
): StepOf<'leaveGroup'>['licenses'] {
  return licenses.filter(({ skuId }) =>
    person.licenses.some(
      (held) =>
        held.skuId === skuId && held.paths.some((path) => path.kind === 'group' && path.groupId === groupId),
    ),
  );
}
