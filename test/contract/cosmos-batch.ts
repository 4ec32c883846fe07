import type { IncomingHttpHeaders } from 'node:http';
import type { InnerAnswer, SeenRequest } from './cosmos-front.js';

interface BatchOperation {
  readonly operationType: 'Create' | 'Replace' | 'Delete';
  readonly id?: string;
  readonly ifMatch?: string;
  readonly resourceBody?: { readonly id: string };
}

interface OperationResult {
  readonly statusCode: number;
  readonly requestCharge: number;
  readonly eTag?: string;
}

type Send = (
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: string,
) => Promise<InnerAnswer>;

/** All or nothing: every operation is checked against the documents as they are before the first is carried out. */
export async function runBatch(request: SeenRequest, send: Send): Promise<InnerAnswer> {
  const operations = JSON.parse(request.body) as readonly BatchOperation[];
  const headers = plainHeaders(request.headers);
  const idOf = (operation: BatchOperation): string => operation.resourceBody?.id ?? operation.id ?? '';
  const pathOf = (id: string): string => `${request.path}/${encodeURIComponent(id)}`;

  const statuses = await Promise.all(
    operations.map(async (operation) => {
      const before = await send('GET', pathOf(idOf(operation)), headers, '');
      return expectedStatus(operation, before);
    }),
  );
  const failed = statuses.findIndex((status) => status >= 400);
  if (failed >= 0) {
    return answer(
      207,
      statuses.map((status, index) => ({ statusCode: index === failed ? status : 424, requestCharge: 0 })),
    );
  }
  const results: OperationResult[] = [];
  for (const operation of operations) {
    const body = operation.resourceBody === undefined ? '' : JSON.stringify(operation.resourceBody);
    const { method, path } = {
      Create: { method: 'POST', path: request.path },
      Replace: { method: 'PUT', path: pathOf(idOf(operation)) },
      Delete: { method: 'DELETE', path: pathOf(idOf(operation)) },
    }[operation.operationType];
    const done = await send(method, path, headers, body);
    if (done.status >= 400)
      throw new Error(`The test front promised a batch that ended with ${done.status}.`);
    const eTag = done.headers.etag;
    results.push({ statusCode: done.status, requestCharge: 1, ...(eTag === undefined ? {} : { eTag }) });
  }
  return answer(200, results);
}

function expectedStatus({ operationType, ifMatch }: BatchOperation, before: InnerAnswer): number {
  const exists = before.status === 200;
  switch (operationType) {
    case 'Create':
      return exists ? 409 : 201;
    case 'Replace':
      if (!exists) return 404;
      return ifMatch !== undefined && ifMatch !== before.headers.etag ? 412 : 200;
    case 'Delete':
      return exists ? 204 : 404;
    default:
      throw new Error(`The test front has no batch operation ${String(operationType satisfies never)}.`);
  }
}

function answer(status: number, results: readonly OperationResult[]): InnerAnswer {
  const headers = { 'content-type': 'application/json', 'x-ms-request-charge': String(results.length) };
  return { status, headers, body: JSON.stringify(results) };
}

/** The batch's headers without those that make it one. */
function plainHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('x-ms-cosmos-')));
}
