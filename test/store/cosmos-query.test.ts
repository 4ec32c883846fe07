import { describe, expect, test } from '@jest/globals';
import { containerPlan } from '../../src/store/containers.js';
import { cosmosSql } from '../../src/store/cosmos-query.js';

describe('a query as Cosmos DB gets it', () => {
  test('names its partition in the text, passes values as parameters and limits with TOP', () => {
    const sql = cosmosSql({
      container: 'cases',
      partition: 'c1',
      where: [
        { field: 'kind', is: '=', value: 'event' },
        { field: 'seq', is: '>', value: 3 },
      ],
      orderBy: { field: 'seq', direction: 'desc' },
      limit: 5,
    });
    expect(sql).toEqual({
      query:
        'SELECT TOP 5 * FROM c WHERE c.caseId = @partition AND c.kind = @v0 AND c.seq > @v1 AND IS_DEFINED(c.seq) ' +
        'ORDER BY c.seq DESC',
      parameters: [
        { name: '@partition', value: 'c1' },
        { name: '@v0', value: 'event' },
        { name: '@v1', value: 3 },
      ],
    });
  });

  test('may ask for everything', () => {
    expect(cosmosSql({ container: 'meta', where: [] })).toEqual({ query: 'SELECT * FROM c', parameters: [] });
  });
});

test('a container indexes what may be asked for and nothing else', () => {
  expect(containerPlan('commands')).toEqual({
    id: 'commands',
    partitionKey: { paths: ['/id'] },
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: [
        { path: '/kind/?' },
        { path: '/state/?' },
        { path: '/dueAt/?' },
        { path: '/userId/?' },
        { path: '/runId/?' },
        { path: '/caseId/?' },
        { path: '/seq/?' },
        { path: '/startedAt/?' },
      ],
      excludedPaths: [{ path: '/*' }],
      compositeIndexes: [
        [
          { path: '/kind', order: 'ascending' },
          { path: '/dueAt', order: 'ascending' },
        ],
      ],
    },
  });
});
