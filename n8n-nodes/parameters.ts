import type { IExecuteFunctions, IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { NodeFault } from './errors/node-fault.ts';

/**
 * What is filled in for one item, as the node expects it. Fields that the editor does not show are undefined.
 *
 * @throws NodeFault that names the fields at fault, never a value
 */
export function readParameters<Shape extends z.ZodRawShape>(
  context: Pick<IExecuteFunctions, 'getNodeParameter'>,
  shape: z.ZodObject<Shape>,
  itemIndex: number,
): z.output<z.ZodObject<Shape>> {
  return readFilledIn(shape, (name) => context.getNodeParameter(name, itemIndex, null));
}

/** The same of a trigger, which has no items yet. */
export function readTriggerParameters<Shape extends z.ZodRawShape>(
  context: Pick<IHookFunctions | IPollFunctions | IWebhookFunctions, 'getNodeParameter'>,
  shape: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  return readFilledIn(shape, (name) => context.getNodeParameter(name, null));
}

function readFilledIn<Shape extends z.ZodRawShape>(
  shape: z.ZodObject<Shape>,
  filledIn: (name: string) => unknown,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(shape.shape).flatMap((name) => {
      const value = filledIn(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const read = shape.safeParse(given);
  if (read.success) return read.data;
  throw new NodeFault(
    `The node is not filled in as it must be. ${z.prettifyError(read.error).replaceAll('\n', ' ')}`,
    'Correct the fields named.',
  );
}
