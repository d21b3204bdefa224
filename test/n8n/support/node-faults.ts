import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type { N8nWorkflow } from './n8n-core.ts';

/** Parameters and choices of a placed node that its type does not know, and what the editor would mark red. */
export function nodeFaults(
  { NodeHelpers }: N8nWorkflow,
  node: INode,
  { properties }: INodeTypeDescription,
): string[] {
  const unknown = Object.entries(node.parameters).flatMap(([name, value]) => {
    const known = properties.filter((property) => property.name === name);
    if (known.length === 0) return [`no parameter ${name}`];
    return known.every((property) => isOffered(property, value)) ? [] : [`${name} offers no ${value}`];
  });
  const marked = NodeHelpers.getNodeParametersIssues(properties, node, null);
  return [...unknown, ...Object.values(marked?.parameters ?? {}).flat()];
}

/** Whether a list of choices holds what was chosen; expressions and lists that are loaded are not looked at. */
function isOffered({ type, options = [], typeOptions }: INodeProperties, value: unknown): boolean {
  const isList =
    (type === 'options' || type === 'multiOptions') && typeOptions?.loadOptionsMethod === undefined;
  if (!isList || (typeof value === 'string' && value.startsWith('='))) return true;
  return [value].flat().every((chosen) => options.some((one) => 'value' in one && one.value === chosen));
}
