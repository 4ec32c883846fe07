import { z } from 'zod';
import type { CampaignPlan } from '../cases/campaign/campaign-plan.js';

const SCHEMA_VERSION = 1;

const PERSON = z.object({ id: z.string(), displayName: z.string() });

const FILE = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  planId: z.string(),
  madeAt: z.string(),
  questions: z.array(
    z.object({
      userId: z.string(),
      userPrincipalName: z.string(),
      displayName: z.string(),
      scenario: z.string(),
      licenses: z.array(z.object({ skuId: z.string(), name: z.string() })),
      asks: PERSON.optional(),
      goesToAdmins: z.string().optional(),
      steps: z.array(z.object({ step: z.unknown() })),
    }),
  ),
});

/** A plan as it was kept in a file. */
export type PlanFile = z.infer<typeof FILE>;

/** A plan as JSON; amounts in minor units of their currency. */
export function writtenPlan(plan: CampaignPlan): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...plan }, undefined, 2);
}

/** undefined: this is no plan of ours. */
export function readPlanFile(text: string): PlanFile | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return FILE.safeParse(json).data;
}
