import type { Person } from '../audit/person.js';
import type { Step } from '../cases/step.js';

/**
 * Why Entra could not give or take what a step asked for, in a sentence, as it notes that afterwards beside the license
 * (microsoft-graph.md 4.2); undefined: it notes nothing. Pure.
 */
export function licensingError(step: Step, { licenses }: Pick<Person, 'licenses'>): string | undefined {
  if (!('licenses' in step)) return undefined;
  const paths = licenses
    .filter(({ skuId }) => step.licenses.some((license) => license.skuId === skuId))
    .flatMap((license) => license.paths);
  const isOurs = (path: (typeof paths)[number]): boolean =>
    step.kind === 'leaveGroup'
      ? path.kind === 'group' && path.groupId === step.groupId
      : path.kind === 'direct';
  const error = paths.find((path) => isOurs(path) && isFailing(path))?.error;
  return error === undefined ? undefined : inWords(error);
}

function isFailing({
  state,
  error,
}: {
  readonly state: string;
  readonly error: string | undefined;
}): boolean {
  return (state === 'error' || state === 'activeWithError') && error !== undefined && error !== 'None';
}

function inWords(error: string): string {
  switch (error) {
    case 'DependencyViolation':
      return 'Another license of the person depends on it: take that one first.';
    case 'MutuallyExclusiveViolation':
      return 'It excludes another license of the person: take one of the two.';
    case 'CountViolation':
      return 'There is no free seat of this license: free or buy one.';
    case 'ProhibitedInUsageLocationViolation':
      return 'It may not be used where the person is: see the usage location in the Microsoft 365 admin center.';
    default:
      return `Microsoft Entra names the reason ${error}: look at it in the Microsoft 365 admin center.`;
  }
}
