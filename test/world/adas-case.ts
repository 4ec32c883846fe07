import { caseCard } from '../../src/cards/case-card.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { setSwitch, type Switch } from '../../src/cases/campaign/run-switch.js';
import { instant, type Case } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from './case-world.js';
import type { GraphWorld } from './graph-world.js';
import { aPerson, idle, userId, type PersonSpec } from './people.js';

export const ADA = userId('Ada');

/** One case about Ada, whom nobody has seen for 150 days; Grace is asked about her. Eve has no E3. */
export interface AdasCase extends CaseWorld {
  now(): Promise<Case>;
  /** Grace answers, and half a minute passes. */
  answered(answer: CardAnswer): Promise<Case>;
  /** The same: the licenses can go. */
  reclaimed(): Promise<Case>;
  /** An undo is ordered, and a minute passes. */
  undone(): Promise<Case>;
  campaign(to: Switch): Promise<void>;
  /** What Ada has by now. */
  licenses(): Promise<readonly string[]>;
  /** What an order to waive comes to; half a minute passes after it. */
  waived(thing: string, reason: string): Promise<string>;
  /** The case's card as an admin sees it, as JSON. */
  adminsCard(c: Case): string;
  /** What the history tells, a line each. */
  told(): Promise<string>;
}

/** Doors with a call to Graph that ends otherwise. */
export function withGraph(
  otherwise: (graph: GraphWorld) => Partial<GraphWorld>,
): NonNullable<CaseWorldOptions['through']> {
  return (doors, graph) => ({ ...doors, graph: { ...graph, ...otherwise(graph) } });
}

/** A call of which nobody knows whether it arrived, and that is refused each time. */
export function refusal(operation: string): GraphFailure {
  return new GraphFailure('forbidden', 'Graph: forbidden.', { operation });
}

/** Ada holds an E3 unless `spec` says otherwise. */
export async function adasCase(spec: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<AdasCase> {
  const manager = aPerson('Grace', idle(1));
  const active = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  const eve = aPerson('Eve', { ...idle(1), licenses: [{ sku: 'VISIO' }] });
  const people = [aPerson('Ada', { ...idle(150), manager, ...spec }), manager, eve, ...active];
  const world = await aCaseWorld(people, options);
  await world.audit();
  await world.work();
  const now = (): Promise<Case> => world.caseOf(ADA);
  const answered = async (answer: CardAnswer): Promise<Case> => {
    const { caseId, version } = await now();
    const outcome = await world.desk.answer({ caseId, version, by: manager.person.id, answer });
    if (outcome.kind !== 'accepted') throw new Error(`The answer was not taken: ${outcome.kind}`);
    await world.work(30_000);
    return now();
  };
  return {
    ...world,
    now,
    answered,
    reclaimed: () => answered({ kind: 'reclaim', reason: '' }),
    async undone() {
      await world.order({ order: 'undo', userId: ADA });
      await world.work(60_000);
      return now();
    },
    campaign: (to) => setSwitch(world.store, to, 'test', instant(world.clock.now())),
    licenses: async () => ((await world.graph.person(ADA))?.licenses ?? []).map(({ skuId }) => skuId),
    async waived(thing, reason) {
      const said = await world.order({ order: 'waive', userId: ADA, thing, reason });
      await world.work(30_000);
      return said;
    },
    adminsCard(c) {
      const { policy, timeZone, clock } = world.doors;
      const view = { policy, now: instant(clock.now()), timeZone, locale: 'en', reader: 'admin' } as const;
      return JSON.stringify(caseCard(c, view));
    },
    told: async () => (await historyOf(world.doors, (await now()).caseId)).map(({ text }) => text).join('\n'),
  };
}

/** How far each step is. */
export function progressOf(c: Case): readonly string[] {
  return 'steps' in c ? c.steps.map(({ step, progress: { is } }) => `${step.kind} ${is}`) : [];
}
