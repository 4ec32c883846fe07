import { AlreadyExists, type Store } from '../store/store.js';
import type { Command } from './command.js';

/** Writes a command's due row unless it is there already. */
export async function addCommand(doors: { readonly store: Store }, command: Command): Promise<void> {
  try {
    await doors.store.create('commands', command);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}
