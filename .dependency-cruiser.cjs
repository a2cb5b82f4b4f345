/**
 * Which part may import which: imports point downward only. `npm run boundaries` applies these rules, and
 * proves each one by a planted violation (scripts/checkBoundaries.ts), so a new rule needs a plant there.
 */
const layers = [
  ['config'],
  ['outbound'],
  ['database'],
  ['crypto', 'logs', 'delivery', 'tls', 'webauthn'],
  ['tenant', 'applications', 'accounts'],
  ['mfa'],
  ['http', 'ui'],
];
const surface = '^(src/oidc|src/pages|src/operator|src/outbox|src/errands|src/api/[^/]+|web/[^/]+)/';
const placed = [...layers.flat().map((folder) => `^src/${folder}/`), '^src/(factors|cli)/', surface];
const test = '(\\.test\\.ts$|^test/)';
const client = '^(src|web)/.*/client/';

/** One rule per layer: it knows itself and what is below, whatever new folder appears. */
const layerRules = layers.map((layer, index) => {
  const known = layers.slice(0, index + 1).flat();
  return {
    name: `layer-${layer[0]}`,
    comment: `${layer.join(', ')} may import only ${known.join(', ')}.`,
    severity: 'error',
    from: { path: `^src/(${layer.join('|')})/`, pathNot: test },
    to: { path: '^(src|web|bin)/', pathNot: `^src/(${known.join('|')})/` },
  };
});

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'every-folder-has-a-place',
      comment:
        'A new folder under src/ is a layer or a surface: add it at the top of .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: [...placed, test] },
      to: {},
    },
    {
      name: 'surfaces-keep-apart',
      comment:
        'A surface translates one public contract. What two of them need lives below, or server.ts passes it in.',
      severity: 'error',
      from: { path: surface, pathNot: test },
      to: { path: surface, pathNot: '^$1/' },
    },
    {
      name: 'composition-stays-on-top',
      comment: 'Only the command line and the composition roots know how the parts are put together.',
      severity: 'error',
      from: { path: '^(src|web)/.+/', pathNot: [test, '^src/cli/'] },
      to: { path: '^src/([^/]+\\.ts$|cli/)' },
    },
    {
      name: 'factors-are-handed-in',
      comment: 'house.ts and server.ts hand the factors to the engine; nothing else may know their names.',
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: [test, '^src/(house|server)\\.ts$', '^src/factors/'] },
      to: { path: '^src/factors/' },
    },
    {
      name: 'factors-keep-apart',
      comment:
        'No factor builds on another one. Those whose names begin alike may share a folder of that beginning.',
      severity: 'error',
      from: { path: '^src/factors/(([^/-]+)[^/]*)/', pathNot: test },
      to: { path: '^src/factors/', pathNot: '^src/factors/($1|$2)/' },
    },
    {
      name: 'factors-know-the-contract',
      comment:
        'A factor gets its context from the engine: contract, delivery, crypto, webauthn and config are all it needs.',
      severity: 'error',
      from: { path: '^src/factors/', pathNot: test },
      to: {
        path: '^(src|web|bin)/',
        pathNot: '^src/(factors|mfa|delivery|crypto|webauthn|config)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'factors-call-no-engine',
      comment: 'The engine calls the factors, never the other way round.',
      severity: 'error',
      from: { path: '^src/factors/', pathNot: test },
      to: { path: '^src/mfa/engine', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-stays-at-the-surface',
      comment: 'Engine, factors and everything below return values; a surface turns them into HTTP.',
      severity: 'error',
      from: { path: `^src/(factors|mfa|${layers.slice(0, 6).flat().join('|')})/`, pathNot: test },
      to: { path: 'node_modules/(fastify|@fastify/[^/]+|hono|oidc-provider)/' },
    },
    {
      name: 'sql-drivers-stay-in-database',
      comment: 'No feature of one database leaks out of database/.',
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: [test, '^src/database/'] },
      to: { path: '(node_modules/pg/|^(node:)?sqlite$)' },
    },
    {
      name: 'oidc-provider-stays-in-oidc',
      comment: "The library's types and errors end at oidc/, so that it can be upgraded in one place.",
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: [test, '^src/oidc/'] },
      to: { path: 'node_modules/oidc-provider/' },
    },
    {
      name: 'client-code-keeps-to-itself',
      comment: 'Files under client/ run in the browser: no server code, no Node.',
      severity: 'error',
      from: { path: client, pathNot: test },
      to: { path: '.+', pathNot: client, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-code-runs-no-client-code',
      comment: 'The server sends client files; it never imports them.',
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: [client, test] },
      to: { path: client },
    },
    {
      name: 'product-knows-no-tests',
      comment: 'What ships may not lean on tests, scripts or measurements.',
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: test },
      to: { path: '(\\.test\\.ts$|^(test|scripts|bench)/)' },
    },
    {
      name: 'product-needs-no-dev-dependency',
      comment: 'An installation without devDependencies has to work.',
      severity: 'error',
      from: { path: '^(src|web|bin)/', pathNot: test },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycle',
      comment: 'Two files that need each other are one file, or lack a third. Types alone may go in circles.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-missing-module',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type-only imports count: a layer that needs a type from above is in the wrong place.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'require'],
    },
  },
};
