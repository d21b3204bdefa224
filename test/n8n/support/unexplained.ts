import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** Fields of the editor, and choices in them, that do not say what they are for. An operation is told by its choices. */
export function unexplained(fields: readonly INodeProperties[], path: readonly string[]): string[] {
  return fields
    .filter(({ type }) => type !== 'notice' && type !== 'hidden')
    .flatMap(({ name, description, options = [] }) => {
      const here = [...path, name];
      const own = description || name === 'operation' ? [] : [here.join('.')];
      return [...own, ...options.flatMap((option) => ofOption(option, here))];
    });
}

function ofOption(
  option: INodePropertyOptions | INodeProperties | INodePropertyCollection,
  path: readonly string[],
): string[] {
  if ('values' in option) return unexplained(option.values, path);
  if ('type' in option) return unexplained([option], path);
  return option.description ? [] : [[...path, option.name].join('.')];
}
