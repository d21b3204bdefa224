import type { IExecuteFunctions } from 'n8n-workflow';
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
  const given = Object.fromEntries(
    Object.keys(shape.shape).flatMap((name) => {
      const value: unknown = context.getNodeParameter(name, itemIndex, null);
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
