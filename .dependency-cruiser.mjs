const peers = ['model', 'orchestrator', 'adb', 'lan', 'trust', 'journal'];

/** The rooms: core <- catalog, platform <- six peers <- main. Peers never import each other. */
export default {
  forbidden: [
    {
      name: 'core-imports-nobody',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(?!core/)|^node:', dependencyTypesNot: ['npm'] },
    },
    { name: 'core-has-no-node', severity: 'error', from: { path: '^src/core/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'catalog-imports-core-only',
      severity: 'error',
      from: { path: '^src/catalog/' },
      to: { path: '^src/(?!core/|catalog/)' },
    },
    {
      name: 'platform-imports-core-only',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(?!core/|platform/)' },
    },
    ...peers.map((peer) => ({
      name: `${peer}-imports-what-is-below-only`,
      severity: 'error',
      from: { path: `^src/${peer}/` },
      to: { path: `^src/(?!core/|catalog/|platform/|${peer}/)` },
    })),
    {
      name: 'virtual-imports-core-and-catalog-only',
      severity: 'error',
      from: { path: '^src/virtual/' },
      to: { path: '^src/(?!core/|catalog/|virtual/)' },
    },
    {
      name: 'renderer-imports-core-only',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(?!core/|renderer/)' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: { path: '^src/(?!main/)' }, to: { path: '^src/main/' } },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/(?!renderer/)' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
