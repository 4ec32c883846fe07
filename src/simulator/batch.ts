import { z } from 'zod';
import { GraphRefusal } from './graph-call.js';
import type { GraphCall } from './graph-call.js';
import type { WireAnswer } from './wire-answer.js';

const MAX_STEPS = 20;

const batchBody = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});

export type BatchStep = z.infer<typeof batchBody>['requests'][number];

export interface StepAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** POST /$batch: the steps, or a refusal of the whole. */
export function readBatch(body: unknown): readonly BatchStep[] {
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) throw refused('Invalid batch payload format.');
  const steps = parsed.data.requests;
  if (steps.length === 0) throw refused('Batch request must contain at least one request.');
  if (steps.length > MAX_STEPS)
    throw refused(`Number of batch request steps exceeds the maximum value of ${String(MAX_STEPS)}.`);
  const ids = new Set(steps.map((step) => step.id.toLowerCase()));
  if (ids.size < steps.length) throw refused('Batch request contains duplicate request ids.');
  for (const step of steps) {
    const writes = ['POST', 'PATCH', 'PUT'].includes(step.method.toUpperCase());
    const typed = Object.keys(step.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
    if (writes && (step.body === undefined || !typed)) {
      throw refused(`Write request id : ${step.id} does not contain Content-Type header or body.`);
    }
    const unknown = step.dependsOn?.find((id) => !ids.has(id.toLowerCase()));
    if (unknown !== undefined)
      throw refused(`Request id ${step.id} depends on the unknown request id ${unknown}.`);
  }
  return steps;
}

/** The path and query of a step, as it would be asked for alone. */
export function stepPath(step: BatchStep, version: GraphCall['version']): string {
  return `/${version}/${step.url.replace(/^\//, '')}`;
}

/**
 * Carries out all steps, each as soon as those it depends on have answered. The answers come in another order than
 * the steps, as they do from Graph.
 */
export async function runBatch(
  steps: readonly BatchStep[],
  run: (step: BatchStep) => Promise<WireAnswer>,
): Promise<readonly StepAnswer[]> {
  const running = new Map<string, Promise<StepAnswer>>();
  for (const step of steps) running.set(step.id.toLowerCase(), startStep(step, running, run));
  const answers = await Promise.all(running.values());
  return answers.toReversed();
}

async function startStep(
  step: BatchStep,
  running: ReadonlyMap<string, Promise<StepAnswer>>,
  run: (step: BatchStep) => Promise<WireAnswer>,
): Promise<StepAnswer> {
  const awaited = (step.dependsOn ?? []).flatMap((id) => running.get(id.toLowerCase()) ?? []);
  const parents = await Promise.all(awaited);
  // A step that names one after it finds nothing running, and fails like one whose parent failed.
  if (awaited.length < (step.dependsOn ?? []).length || parents.some((parent) => parent.status >= 400)) {
    const message = `Failed dependency: a request that ${step.id} depends on did not succeed.`;
    return { id: step.id, status: 424, headers: {}, body: { error: { code: 'FailedDependency', message } } };
  }
  const answer = await run(step);
  return { id: step.id, status: answer.status, headers: answer.headers, ...stepBody(answer) };
}

function stepBody(answer: WireAnswer): { readonly body?: unknown } {
  if (!answer.body || 'stream' in answer.body) return {};
  if ('json' in answer.body) return { body: answer.body.json };
  return { body: Buffer.from(answer.body.text).toString('base64') };
}

function refused(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}
