import type { AuditProgress } from '../../audit/audit-result.js';
import { latestRun } from '../../audit/run-store.js';
import type { CardJson } from '../../bot/messenger.js';
import {
  approvalCard,
  approvalHeadline,
  auditEndCard,
  auditEndHeadline,
  progressCard,
} from '../../cards/audit-cards.js';
import type { Command, CommandOutcome } from '../command.js';
import type { CommandDoors, Later } from '../run-command.js';
import { text } from '../../i18n/text.js';
import { nameOf } from '../../telemetry/error-words.js';
import type { Listener } from './audience.js';
import { closeAudience, dismissAudience, keepMessage, readAudience } from './run-audience.js';

type Finished = Exclude<CommandOutcome, { is: 'waiting' }>;

/** A card is edited so often at most; Teams takes few edits of one chat. */
const EDIT_MS = 5_000;

/**
 * Carries out an order and tells everybody in its audience how far it is and what came of it. That somebody could not be
 * told is no reason for the order to fail.
 */
export async function withAudience(
  doors: CommandDoors,
  command: Command,
  act: (doors: CommandDoors) => Promise<Finished | Later>,
): Promise<Finished | Later> {
  const { order } = command.what;
  if (order !== 'audit' && order !== 'approve') return act(doors);
  const teller = openTeller(doors, command.id);
  try {
    const outcome = await act({
      ...doors,
      onAuditProgress: (progress) => {
        doors.onAuditProgress(progress);
        teller.progress(progress);
      },
    });
    await teller.idle();
    if (outcome.is !== 'later')
      await unlessFailing(doors, command.id, () => tellEnd(doors, command, outcome));
    return outcome;
  } finally {
    await teller.idle();
  }
}

interface Teller {
  /** Returns at once; what it tells goes on beside the work. */
  progress(progress: AuditProgress): void;
  /** Resolves when nothing is being told. Never rejects. */
  idle(): Promise<void>;
}

function openTeller(doors: CommandDoors, commandId: string): Teller {
  const stages = new Map<AuditProgress['phase'], AuditProgress>();
  let telling: Promise<void> | undefined;
  let lastAt: number | undefined;
  return {
    progress(progress) {
      stages.set(progress.phase, progress);
      const now = doors.clock.now().getTime();
      const isSoon = lastAt !== undefined && now - lastAt >= 0 && now - lastAt < EDIT_MS;
      if (telling !== undefined || isSoon || progress.phase === 'done') return;
      lastAt = now;
      telling = unlessFailing(doors, commandId, () => tellProgress(doors, commandId, stages)).finally(() => {
        telling = undefined;
      });
    },
    idle: async () => telling,
  };
}

async function tellProgress(
  doors: CommandDoors,
  commandId: string,
  stages: ReadonlyMap<AuditProgress['phase'], AuditProgress>,
): Promise<void> {
  const audience = await readAudience(doors.store, commandId);
  if (audience === undefined) return;
  for (const listener of audience.people) {
    const reader = { locale: await doors.localeOf(listener.userId) };
    const summary = text(reader, 'admin.audit.underWay');
    await show(doors, commandId, listener, { card: progressCard(stages, reader), summary });
  }
}

/** First nobody joins any more; the audience goes last, so that a crash leaves it to be told again. */
async function tellEnd(
  doors: CommandDoors,
  { id: commandId, what: { order } }: Command,
  outcome: Finished,
): Promise<void> {
  const audience = await closeAudience(doors.store, commandId);
  if (audience === undefined) return;
  const run = outcome.is === 'done' ? await latestRun(doors.store) : undefined;
  const figures = outcome.is === 'done' && run?.runId === outcome.runId ? run?.figures : undefined;
  for (const listener of audience.people) {
    const reader = { locale: await doors.localeOf(listener.userId) };
    const told =
      order === 'audit'
        ? { card: auditEndCard(outcome, figures, reader), summary: auditEndHeadline(outcome, reader) }
        : { card: approvalCard(outcome, reader), summary: approvalHeadline(outcome, reader) };
    await show(doors, commandId, listener, told);
  }
  await dismissAudience(doors.store, commandId);
}

/** Edits the card that somebody has, or sends one where there is none any more. */
async function show(
  doors: CommandDoors,
  commandId: string,
  { userId, message }: Listener,
  { card, summary }: { readonly card: CardJson; readonly summary: string },
): Promise<void> {
  const edited = message && (await doors.messenger.update(message, card));
  if (edited?.kind === 'delivered') return;
  const sent = await doors.messenger.send(userId, card, summary);
  if (sent.kind === 'delivered') await keepMessage(doors.store, commandId, userId, sent.message);
}

async function unlessFailing(
  doors: CommandDoors,
  commandId: string,
  tell: () => Promise<void>,
): Promise<void> {
  try {
    await tell();
  } catch (error) {
    doors.log.warn('Whoever asked for an order could not be told of it.', {
      command: commandId,
      error: nameOf(error),
    });
  }
}
