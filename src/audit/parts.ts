import { WORKLOADS, type Workload } from './evidence.js';

/** A service in a license whose use some source dates. */
export const PARTS = [...WORKLOADS, 'apps', 'visio', 'project'] as const;
export type Part = Workload | 'apps' | 'visio' | 'project';
