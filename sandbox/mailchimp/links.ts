/** One entry of `_links`, as in the recorded answers. */
export interface Link {
  rel: string;
  href: string;
  method: string;
  targetSchema?: string;
  schema?: string;
}

interface LinkSketch {
  rel: string;
  path: string;
  method: string;
  target?: string;
  schema?: string;
}

const MEMBER_LINKS: readonly LinkSketch[] = [
  { rel: 'self', path: '', method: 'GET', target: 'Lists/Members/Response' },
  {
    rel: 'parent',
    path: '/..',
    method: 'GET',
    target: 'Lists/Members/CollectionResponse',
    schema: 'Paths/Lists/Members/Collection',
  },
  {
    rel: 'update',
    path: '',
    method: 'PATCH',
    target: 'Lists/Members/Response',
    schema: 'Definitions/Lists/Members/PATCH',
  },
  {
    rel: 'upsert',
    path: '',
    method: 'PUT',
    target: 'Lists/Members/Response',
    schema: 'Definitions/Lists/Members/PUT',
  },
  { rel: 'delete', path: '', method: 'DELETE' },
  { rel: 'activity', path: '/activity', method: 'GET', target: 'Lists/Members/Activity/Response' },
  { rel: 'goals', path: '/goals', method: 'GET', target: 'Lists/Members/Goals/Response' },
  { rel: 'notes', path: '/notes', method: 'GET', target: 'Lists/Members/Notes/CollectionResponse' },
  { rel: 'events', path: '/events', method: 'POST', target: 'Lists/Members/Events/POST' },
  { rel: 'delete_permanent', path: '/actions/delete-permanent', method: 'POST' },
];

/** The links of one member. @param base the API's base URL, e.g. `http://127.0.0.1:4711/mailchimp/3.0` */
export function memberLinks(base: string, listId: string, hash: string): Link[] {
  const members = `${base}/lists/${listId}/members`;
  return MEMBER_LINKS.map(({ rel, path, method, target, schema }) => ({
    rel,
    href: path === '/..' ? members : `${members}/${hash}${path}`,
    method,
    ...(target === undefined ? {} : { targetSchema: `${base}/schema/3.0/Definitions/${target}.json` }),
    ...(schema === undefined ? {} : { schema: `${base}/schema/3.0/${schema}.json` }),
  }));
}

/** Self and parent, which every resource has. @param path below the base, e.g. `/lists/a/merge-fields/3` */
export function resourceLinks(base: string, path: string, kind: string): Link[] {
  const schemas = `${base}/schema/3.0`;
  const parent = path.slice(0, path.lastIndexOf('/'));
  return [
    {
      rel: 'self',
      href: `${base}${path}`,
      method: 'GET',
      targetSchema: `${schemas}/Definitions/${kind}/Response.json`,
    },
    {
      rel: 'parent',
      href: `${base}${parent}`,
      method: 'GET',
      targetSchema: `${schemas}/Definitions/${kind}/CollectionResponse.json`,
      schema: `${schemas}/Paths/${kind}/Collection.json`,
    },
  ];
}
