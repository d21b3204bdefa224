import type { ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { NodeFault } from './node-fault.ts';

/**
 * The core's error as one that the editor shows: what a system said as a `NodeApiError`, what the user can correct in
 * the workflow as a `NodeOperationError`. Whatever neither the core nor a node threw is a bug.
 */
export function nodeError(error: unknown, node: INode): NodeApiError | NodeOperationError {
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  if (error instanceof NodeFault)
    return new NodeOperationError(node, error.message, { description: error.next });
  if (!(error instanceof StackbridgeError))
    return new NodeOperationError(node, error instanceof Error ? error : String(error), {
      description: 'Report it: this is a fault of the node.',
    });
  const { code, message } = error;
  const description = `${adviceFor(error)}. (${code})`;
  switch (error.class) {
    case 'InvalidRecipe':
    case 'Brake':
    case 'Conflict':
    case 'Bug':
      return new NodeOperationError(node, message, { description });
    case 'Reconnect':
    case 'Throttled':
    case 'Transient':
    case 'Rejected':
      return new NodeApiError(node, { message, code }, { message, description });
  }
}

/** Where the core's advice is to use the command. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  SIGN_IN_EXPIRED: 'Open the credential and connect it again',
  SIGN_IN_REFUSED: 'Open the credential, connect it again and allow the access on the page that opens',
  CONNECTIONS_INVALID: 'Correct the credential',
  RECIPE_INVALID: 'Correct the recipe at the place named',
  BRAKE_SIDE_SHRUNK: 'Look whether the listing is whole, then choose it under Brakes to Pass',
  BRAKE_DELETES: 'Read the preview, then choose Deletions under Brakes to Pass',
  BRAKE_OVERWRITES: 'Read the preview, then choose Overwrites under Brakes to Pass',
  BRAKE_CREATES: 'Read the preview, then choose Creations under Brakes to Pass',
  BOTH_CHANGED: 'Decide with the node Stackbridge Resolve Conflict',
  CLOCKS_TOO_CLOSE: 'Decide with the node Stackbridge Resolve Conflict',
  EDIT_AGAINST_DELETE: 'Decide with the node Stackbridge Resolve Conflict whose word stands',
  OPT_IN_AFTER_OPT_OUT:
    'Decide with the node Stackbridge Resolve Conflict whose word stands; nothing was resubscribed',
  BUG: 'Report it with the id of the execution',
};

/** What to do next, in the words of somebody who has the editor in front of them. */
export function adviceFor({ code, next }: Pick<StackbridgeError, 'code' | 'next'>): string {
  return ADVICE[code] ?? next;
}
