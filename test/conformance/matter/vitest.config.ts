import { defineConfig } from 'vitest/config';

/** Runs inside a network namespace that another one is joined to by a cable: see in-two-networks.ts. */
export default defineConfig({
  test: {
    include: ['test/conformance/matter/*.check.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // All of them use the one cable.
    fileParallelism: false,
  },
});
