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

/** Shows or conceals names in the whole tenant's reports. Reports follow some minutes later. */
export async function changeNamesConcealed(wire: Wire, concealed: boolean): Promise<void> {
  await wire.send({
    operation: 'admin.reportSettings.update',
    family: 'settings',
    method: 'PATCH',
    address: '/admin/reportSettings',
    body: { displayConcealedNames: concealed },
    write: 'repeatable',
  });
}
