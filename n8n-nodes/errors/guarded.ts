import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { nodeError } from './node-error.ts';

/**
 * Runs a node and turns what the core throws into n8n's errors. Where the workflow goes on in spite of errors, the
 * error is an item of the output for failures, paired with every item: they made one plan.
 *
 * @param outputs how many the node has
 * @param failures which of them takes the error
 */
export async function guarded(
  context: IExecuteFunctions,
  run: () => Promise<INodeExecutionData[][]>,
  outputs: number,
  failures: number,
): Promise<INodeExecutionData[][]> {
  try {
    return await run();
  } catch (error) {
    const told = nodeError(error, context.getNode());
    if (!context.continueOnFail()) throw told;
    const pairedItem = [...context.getInputData().keys()].map((item) => ({ item }));
    const item = { json: { error: told.message, next: told.description }, pairedItem };
    return Array.from({ length: outputs }, (_, at) => (at === failures ? [item] : []));
  }
}
