import type { Bundle, ZObject } from 'zapier-platform-core';

interface Action {
  readonly key: string;
  readonly operation: { readonly inputFields?: unknown; readonly perform?: unknown };
}

/** The action without its field for a recipe, which was fixed when the app was built. @param text absent: as it is */
export function withFixedRecipe<Given extends Action>(action: Given, text: string | undefined) {
  if (text === undefined) return action;
  const { perform: run, inputFields } = action.operation;
  if (typeof run !== 'function' || !Array.isArray(inputFields))
    throw new TypeError(`${action.key} has no function of its own, or no list of fields`);
  const perform = async (z: ZObject, bundle: Bundle): Promise<unknown> =>
    Reflect.apply(run, undefined, [z, { ...bundle, inputData: { ...bundle.inputData, recipe: text } }]);
  const others = inputFields.filter((field) => !isRecipe(field));
  return { ...action, operation: { ...action.operation, inputFields: others, perform } };
}

function isRecipe(field: unknown): boolean {
  return typeof field === 'object' && field !== null && 'key' in field && field.key === 'recipe';
}
