import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { nodeError } from '../errors/node-error.ts';

/** What a list of the editor shows, or why it cannot. */
export async function listed<List>(context: ILoadOptionsFunctions, load: () => Promise<List>): Promise<List> {
  try {
    return await load();
  } catch (error) {
    throw nodeError(error, context.getNode());
  }
}
