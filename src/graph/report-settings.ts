import { z } from 'zod';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const SETTINGS = z.object({ displayConcealedNames: z.boolean() });

/** true: reports carry pseudonyms instead of names, in the whole tenant. */
export async function readNamesConcealed(wire: Wire): Promise<boolean> {
  const operation = 'admin.reportSettings.get';
  const answer = await wire.send({
    operation,
    family: 'settings',
    method: 'GET',
    address: '/admin/reportSettings',
  });
  return parseAnswer(operation, SETTINGS, answer.json).displayConcealedNames;
}
