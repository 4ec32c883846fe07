import { z } from 'zod';
import { errorOf, failureOf, isTransient, unexpectedAnswer } from './classify.js';
import { piecesOf } from './odata.js';
import type { Operation } from './permissions.js';
import { retryAfterMs } from './retry-after.js';
import { familyOf } from './throttle-families.js';
import type { Family } from './throttle-families.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

/** Many reads of one kind. `paths` are below the version, encoded. */
export interface BatchOfReads {
  readonly operation: Operation;
  readonly paths: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Codes of a 404 that say that there is none; a 404 with another code is thrown. Absent: any code says so. */
  readonly absent?: readonly string[];
}

/** There is no such object, or what it would point to is not there: somebody is gone, or has no manager. */
export const NO_RESOURCE = 'Request_ResourceNotFound';

/** One step's answer: a body, or 404 with Graph's code. Everything else is retried or thrown. */
export type BatchAnswer =
  | { readonly kind: 'found'; readonly json: unknown }
  | { readonly kind: 'notFound'; readonly code: string | undefined };

const STEPS_PER_BATCH = 20;

const STEP = z.object({
  id: z.string(),
  status: z.number().int(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  body: z.unknown(),
});
const RESPONSES = z.object({ responses: z.array(STEP) });
type Step = z.output<typeof STEP>;

/**
 * Reads in batches of 20, a few batches at once. Within a batch only steps that failed are asked again, after the
 * longest wait that any of them named.
 * @returns the answers in the order of `paths`
 * @throws GraphFailure when any step fails for good, 404 excepted
 */
export async function readBatches(wire: Wire, reads: BatchOfReads): Promise<readonly BatchAnswer[]> {
  const batches = piecesOf(reads.paths, STEPS_PER_BATCH);
  const answers = new Map<number, readonly BatchAnswer[]>();
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (let at = next++; at < batches.length && !failed; at = next++) {
      try {
        answers.set(at, await readBatch(wire, reads, batches[at] ?? []));
      } catch (error) {
        // The other workers finish what they have under way and start nothing new.
        failed = true;
        throw error;
      }
    }
  };
  const workers = Math.min(wire.batchesAtOnce, batches.length);
  const ends = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return batches.flatMap((_batch, at) => answers.get(at) ?? []);
}

async function readBatch(
  wire: Wire,
  reads: BatchOfReads,
  paths: readonly string[],
): Promise<readonly BatchAnswer[]> {
  const answers = new Map<number, BatchAnswer>();
  const family = familyOf(paths[0] ?? '');
  const patience = wire.newPatience();
  for (;;) {
    const open = paths.map((_path, at) => at).filter((at) => !answers.has(at));
    if (open.length === 0) break;
    if (!(await patience.turn(family))) throw failureOf(reads.operation, { status: 429, json: undefined });
    const steps = await sendSteps(wire, reads, family, paths, open);
    const failures: Step[] = [];
    for (const [at, step] of steps) {
      if (isTransient({ status: step.status, json: step.body })) failures.push(step);
      else answers.set(at, answerOf(reads, step));
    }
    const [first] = failures;
    if (first && !(await patience.again(family, waitOf(wire, failures))))
      throw stepFailure(reads.operation, first);
    if (first)
      wire.log.warn('Batch steps are tried again.', {
        operation: reads.operation,
        family,
        steps: failures.length,
      });
  }
  return paths.map((_path, at) => answers.get(at) ?? missing(reads.operation));
}

/** @returns the answer of each open step; Graph answers in any order */
async function sendSteps(
  wire: Wire,
  reads: BatchOfReads,
  family: Family,
  paths: readonly string[],
  open: readonly number[],
): Promise<ReadonlyMap<number, Step>> {
  const answer = await wire.send({
    operation: 'batch',
    family,
    method: 'POST',
    address: '/$batch',
    body: {
      requests: open.map((at) => ({
        id: String(at),
        method: 'GET',
        url: paths[at],
        ...(reads.headers ? { headers: reads.headers } : {}),
      })),
    },
  });
  const { responses } = parseAnswer('batch', RESPONSES, answer.json);
  const steps = new Map(responses.map((step) => [Number(step.id), step]));
  const isWhole = responses.length === open.length && open.every((at) => steps.has(at));
  if (!isWhole)
    throw unexpectedAnswer(reads.operation, `${responses.length} of ${open.length} steps were answered`);
  return steps;
}

function answerOf({ operation, absent }: BatchOfReads, step: Step): BatchAnswer {
  const { code } = errorOf(step.body);
  const saysSo = absent === undefined || (code !== undefined && absent.includes(code));
  if (step.status === 404 && saysSo) return { kind: 'notFound', code };
  if (step.status >= 200 && step.status < 300) return { kind: 'found', json: step.body };
  throw stepFailure(operation, step);
}

function stepFailure(operation: Operation, step: Step): Error {
  return failureOf(operation, { status: step.status, json: step.body, headers: headersOf(step) });
}

function missing(operation: Operation): never {
  throw unexpectedAnswer(operation, 'a step of a batch was not answered');
}

function waitOf(
  wire: Wire,
  failures: readonly Step[],
): { throttled: boolean; retryAfterMs: number | undefined } {
  const now = wire.clock.now();
  const waits = failures.map((step) => retryAfterMs(headersOf(step).get('Retry-After'), now) ?? -1);
  const longest = Math.max(...waits);
  return {
    throttled: failures.some((step) => step.status === 429),
    retryAfterMs: longest < 0 ? undefined : longest,
  };
}

function headersOf(step: Step): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') headers.set(name, String(value));
  }
  return headers;
}
