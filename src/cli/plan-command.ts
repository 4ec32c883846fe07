import { planDifference, type CampaignPlan } from '../cases/campaign/campaign-plan.js';
import { readPlan } from '../cases/campaign/run-plan.js';
import type { Doors } from '../cases/doors.js';
import { textOf } from '../config/text-file.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { readPlanFile, writtenPlan, type PlanFile } from './plan-file.js';
import { differenceText, planText } from './plan-text.js';
import { checkFile, writePrivately } from './private-file.js';
import { openCommandWorld } from './setup.js';
import { note, say } from './terminal.js';

/** What opening the cases of the newest audit would do. Changes nothing. */
export async function planCommand(line: CommandLine): Promise<ExitCode> {
  const before = line.diff === undefined ? undefined : planIn(line.diff);
  await checkFile(line.out);
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const found = await readPlan(world.doors);
    if (found === undefined) {
      note('There is no finished audit yet that could be planned from: a service runs one by its schedule.');
      return EXIT.failed;
    }
    const { plan, run } = found;
    if (line.out !== undefined)
      note(`The plan is in ${await writePrivately(line.out, [`${writtenPlan(plan)}\n`])}.`);
    if (before !== undefined) say(differenceText(before, planDifference(before.questions, plan.questions)));
    else
      say(
        line.json ? writtenPlan(plan) : planText(plan, { ...world.doors.policy, finishedAt: run.finishedAt }),
      );
    note(next(plan, world.doors));
    return EXIT.done;
  } finally {
    await world.close();
  }
}

function next(plan: CampaignPlan, { policy }: Pick<Doors, 'policy'>): string {
  if (policy.mode === 'observe') return 'The policy observes only: nothing of this happens while it does.';
  if (plan.questions.length === 0) return 'Nobody would be asked.';
  return `To approve exactly this plan: npm run steward -- approve --plan ${plan.planId}`;
}

/** @throws WrongUse, WrongConfiguration */
function planIn(file: string): PlanFile {
  const text = textOf(file);
  if (text === undefined) throw new WrongUse(`There is no file ${file}: correct the path.`);
  const plan = readPlanFile(text);
  if (plan === undefined) throw new WrongUse(`${file} is no plan: keep one with \`plan --out FILE\`.`);
  return plan;
}
