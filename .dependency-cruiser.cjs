/** Arrows run one way: hosts -> sync -> plan -> merge, mapping -> model; connectors -> http, ports, model. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^shared-mappers/${from}/` },
  to: { path: '^shared-mappers/', pathNot: `^shared-mappers/(${[from, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('model-stands-alone', 'model', ['errors']),
    only('errors-know-the-model', 'errors', ['model']),
    only('ports-are-interfaces', 'ports', ['model', 'errors', 'plan']),
    only('mapping-reads-the-model', 'mapping', ['model', 'errors']),
    only('merge-reads-mapping-and-model', 'merge', ['mapping', 'model', 'errors']),
    only('plan-reads-merge-mapping-model', 'plan', ['merge', 'mapping', 'model', 'ports', 'errors']),
    only('sync-does-not-know-recipes-or-connectors', 'sync', [
      'plan',
      'merge',
      'mapping',
      'model',
      'ports',
      'errors',
      'http',
    ]),
    only('http-knows-ports', 'http', ['ports', 'model', 'errors']),
    only('connectors-know-http-ports-model', 'connectors', ['http', 'ports', 'model', 'errors']),
    {
      name: 'connectors-do-not-know-each-other',
      severity: 'error',
      from: { path: '^shared-mappers/connectors/([^/]+)/' },
      to: { path: '^shared-mappers/connectors/([^/]+)/', pathNot: '^shared-mappers/connectors/$1/' },
    },
    {
      name: 'the-core-knows-no-host',
      severity: 'error',
      from: { path: '^shared-mappers/' },
      to: { path: '^(runtime|sandbox|credentials|n8n-nodes|zapier-app)/' },
    },
    {
      name: 'the-core-touches-no-node',
      severity: 'error',
      from: { path: '^shared-mappers/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'credentials-know-no-host',
      severity: 'error',
      from: { path: '^credentials/' },
      to: { path: '^(runtime|sandbox|n8n-nodes|zapier-app)/' },
    },
    {
      name: 'the-zapier-app-knows-no-other-host',
      severity: 'error',
      from: { path: '^zapier-app/' },
      to: { path: '^(runtime|sandbox|n8n-nodes)/' },
    },
    {
      name: 'the-n8n-pack-knows-no-other-host',
      severity: 'error',
      from: { path: '^n8n-nodes/' },
      to: { path: '^(runtime|sandbox|zapier-app)/' },
    },
    {
      name: 'the-n8n-pack-touches-no-node',
      severity: 'error',
      from: { path: '^n8n-nodes/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-runtime-knows-no-other-host',
      severity: 'error',
      from: { path: '^runtime/' },
      to: { path: '^(n8n-nodes|zapier-app|test)/' },
    },
    {
      name: 'the-sandbox-shares-no-code-with-what-it-tests',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(shared-mappers|runtime|credentials|n8n-nodes|zapier-app)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
};
