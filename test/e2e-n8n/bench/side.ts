import type { WorkflowJson } from '../n8n/workflows.ts';

/** Everybody is known to one system, nobody to the other. */
export type Direction = 'to-mailchimp' | 'to-salesforce';

/** One of the two that are held against each other. */
export interface Side {
  readonly name: string;
  /** Starts when `POST /webhook/<path>` is called. */
  workflow(direction: Direction, path: string): WorkflowJson;
}
