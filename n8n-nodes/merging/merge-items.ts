import type { FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { type MergedPair, mergePair } from '@stackbridge/shared-mappers/plan/merge-pair.ts';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { nodeError } from '../errors/node-error.ts';
import { NodeFault } from '../errors/node-fault.ts';
import { moment } from '../moment.ts';
import { readParameters } from '../parameters.ts';
import { mergeRules } from './merge-rules.ts';

/** As an object, or as the text of one. */
function json<Shape extends z.ZodType>(shape: Shape) {
  return z.preprocess((given) => (typeof given === 'string' ? parsed(given) : given), shape);
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

const record = json(z.record(z.string(), z.json(), { error: 'must be a record: an object of fields' }));
const changedAt = z
  .literal('')
  .transform(() => 0)
  .or(moment)
  .default(0);

const pair = z.object({
  left: record,
  right: record,
  agreed: json(
    z
      .record(z.string(), z.union([z.string(), z.array(z.string())]), {
        error: 'must be what this node gave out as agreed',
      })
      .optional(),
  ),
  options: z.object({ leftModifiedAt: changedAt, rightModifiedAt: changedAt }).prefault({}),
});

/** Merges the two records of each item by itself. */
export function mergeItems(context: IExecuteFunctions): INodeExecutionData[][] {
  const rules = mergeRules(context);
  const outputs: [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]] = [[], [], []];
  for (const item of context.getInputData().keys()) {
    const { output, json } = mergedItem(context, rules, item);
    outputs[output].push({ json, pairedItem: { item } });
  }
  return outputs;
}

const OUTPUTS = { merged: 0, unchanged: 0, conflict: 1, failed: 2 } as const satisfies Record<
  MergedPair['outcome'],
  number
>;

function mergedItem(
  context: IExecuteFunctions,
  rules: FieldMap,
  index: number,
): { readonly output: 0 | 1 | 2; readonly json: IDataObject } {
  try {
    const { left, right, agreed = {}, options } = readParameters(context, pair, index);
    const modifiedAt = { left: options.leftModifiedAt, right: options.rightModifiedAt };
    const merged = mergePair(rules, { left, right, agreed, modifiedAt });
    return { output: OUTPUTS[merged.outcome], json: shownAs(merged) };
  } catch (error) {
    if (!(error instanceof NodeFault)) throw nodeError(error, context.getNode());
    return { output: 2, json: { outcome: 'failed', error: error.message, next: error.next } };
  }
}

function shownAs({ outcome, records, writes, changes, issues, agreed }: MergedPair): IDataObject {
  const item: IDataObject = JSON.parse(
    JSON.stringify({
      outcome,
      left: records.left,
      right: records.right,
      toLeft: writes.left,
      toRight: writes.right,
      changes,
      issues: issues.map(({ values, ...issue }) => ({ ...issue, ...values })),
      agreed,
    }),
  );
  return item;
}
