import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Done, Work } from './seed-worker.js';

const HERE = path.join(process.cwd(), 'test', 'simulation');
const LOADER = path.join(process.cwd(), 'test', 'world', 'run-typescript.mjs');
const PLANTER = path.join(HERE, 'plant-source.mjs');

export interface PoolOptions {
  readonly processes: number;
  /** A mistake that is put into the sources which the workers load. */
  readonly plant?: string | undefined;
}

/**
 * Gives seeds to worker processes until there are none or `isEnough` says so.
 * @returns rejects when a worker ends by itself
 */
export async function liveAll(
  work: Iterable<Work>,
  options: PoolOptions,
  onDone: (done: Done) => void,
  isEnough: () => boolean = () => false,
): Promise<void> {
  const left = work[Symbol.iterator]();
  const workers = Array.from({ length: options.processes }, () => startWorker(options.plant));
  try {
    await Promise.all(workers.map((worker) => serve(worker, left, onDone, isEnough)));
  } finally {
    for (const worker of workers) worker.kill();
  }
}

function startWorker(plant: string | undefined): ChildProcess {
  const planter = plant === undefined ? [] : ['--import', PLANTER];
  return fork(path.join(HERE, 'seed-worker.ts'), {
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      // What is young and soon forgotten stays within reach of the processor's cache.
      '--max-semi-space-size=8',
      // A life leaves little behind: the rest is looked through seldom.
      '--heap-growing-percent=300',
      // All processors are busy with lives: whoever collects garbage would only wait for helpers.
      '--no-parallel-scavenge',
      '--import',
      LOADER,
      ...planter,
    ],
    env: { ...process.env, ...(plant === undefined ? {} : { SIMULATION_PLANT: plant }) },
    serialization: 'advanced',
  });
}

function serve(
  worker: ChildProcess,
  left: Iterator<Work>,
  onDone: (done: Done) => void,
  isEnough: () => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      const work = isEnough() ? { done: true as const } : left.next();
      if (work.done === true) resolve();
      else worker.send(work.value);
    };
    worker.on('message', (done: Done) => {
      onDone(done);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A worker of the simulation ended with ${code}.`)));
    next();
  });
}

export function* seedsFrom(from: number, count: number, twice: boolean): Generator<Work> {
  for (let seed = from; seed < from + count; seed += 1) yield { seed, twice };
}
