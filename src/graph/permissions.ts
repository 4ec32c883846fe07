import { GRAPH_OPERATIONS, type GraphOperation } from '../audit/tasks/graph-operations.js';

/** What the door sends, with the permissions that it needs: the table is data that deciding code reads, too. */
export const OPERATIONS: typeof GRAPH_OPERATIONS = GRAPH_OPERATIONS;
export type Operation = GraphOperation;

/** Who answers, in words, and the setting that says at which address. */
export interface Service {
  readonly name: string;
  readonly setting: string;
}

const GRAPH: Service = { name: 'Microsoft Graph', setting: 'GRAPH_BASE_URL' };
const EXCHANGE: Service = { name: 'Exchange Online', setting: 'EXCHANGE_BASE_URL' };

export function serviceOf(operation: Operation): Service {
  return operation.startsWith('exchange.') ? EXCHANGE : GRAPH;
}
