import type { Store } from '../../store/store.js';
import type { StopFigures } from '../audit-result.js';
import type { LastRun } from '../back-test/run-back-test.js';
import type { StoppedRunDoc } from '../run-record.js';

/**
 * What somebody who accepts a jump has seen: the figures of the newest run that was stopped since the last complete one.
 * undefined: none is stored.
 */
export async function readAcceptance(
  store: Store,
  last: Pick<LastRun, 'finishedAt'> | undefined,
): Promise<StopFigures | undefined> {
  const query = {
    container: 'runs',
    where: [
      { field: 'kind', is: '=', value: 'run' },
      { field: 'state', is: '=', value: 'stopped' },
    ],
    orderBy: { field: 'startedAt', direction: 'desc' },
    limit: 1,
  } as const;
  let seen: StopFigures | undefined;
  for await (const { doc } of store.query<StoppedRunDoc>(query))
    if (last === undefined || doc.finishedAt >= last.finishedAt) seen = doc.figures;
  return seen;
}
