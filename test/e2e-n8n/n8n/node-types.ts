import { z } from 'zod';
import type { N8nClient } from './client.ts';

export const PACK = 'n8n-nodes-stackbridge.';

const nodeType = z.looseObject({
  name: z.string(),
  displayName: z.string(),
  version: z.union([z.number(), z.array(z.number())]),
  credentials: z.array(z.looseObject({ name: z.string() })).default([]),
});
export type NodeType = z.infer<typeof nodeType>;

/** The nodes of the pack, without the copies that n8n makes of them as tools. */
export async function packNodes({ baseUrl, cookie, browserId }: N8nClient): Promise<NodeType[]> {
  const answer = await fetch(`${baseUrl}/types/nodes.json`, {
    headers: { cookie: `${cookie.name}=${cookie.value}`, 'browser-id': browserId },
  });
  const all = z.array(nodeType).parse(await answer.json());
  return all.filter(({ name }) => name.startsWith(PACK) && !name.endsWith('Tool'));
}
