import { z } from 'zod';
import type { RecipePath } from '../mapping/rule-definition.ts';

/** The part of JSON Schema that tells where keys may stand. */
interface SchemaNode {
  readonly description?: string | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly items?: SchemaNode | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
}

const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    items: schemaNode.optional(),
    anyOf: z.array(schemaNode).optional(),
  }),
);

/** What may stand in a recipe, read from its own schema: for suggestions. */
export interface Guide {
  /** Keys that may stand in the object at a path, in any of its forms. */
  keysAt(path: RecipePath): string[];
  /** What a value is for; undefined where the schema does not say. */
  descriptionAt(path: RecipePath): string | undefined;
}

export function guideTo(schema: z.ZodType): Guide {
  const root = schemaNode.parse(z.toJSONSchema(schema, { io: 'input' }));
  const nodesAt = (path: RecipePath): SchemaNode[] => {
    let nodes = forms(root);
    for (const step of path) {
      nodes = nodes.flatMap((node) => {
        const next = typeof step === 'number' ? node.items : node.properties?.[step];
        return next === undefined ? [] : forms(next);
      });
    }
    return nodes;
  };
  return {
    keysAt: (path) => [...new Set(nodesAt(path).flatMap((node) => Object.keys(node.properties ?? {})))],
    descriptionAt: (path) => nodesAt(path).find((node) => node.description !== undefined)?.description,
  };
}

/** A node and the alternatives inside it. */
function forms(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(forms)];
}
