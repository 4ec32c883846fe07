import { GRAPH_OPERATIONS, type GraphOperation } from '../audit/tasks/graph-operations.js';

/** What the door sends, with the permissions that it needs: the table is data that deciding code reads, too. */
export const OPERATIONS: typeof GRAPH_OPERATIONS = GRAPH_OPERATIONS;
export type Operation = GraphOperation;
