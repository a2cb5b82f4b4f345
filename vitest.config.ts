import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Compiled modules, types stripped, are kept for every process that the tests start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'tests');

const minute = 60_000;
const browser = ['./test/support/browserSetup.ts'];

/** A suite below test/: slower than unit tests, so it starts after them and gets more time. */
function suite(
  name: string,
  groupOrder: number,
  maxWorkers: number,
  globalSetup: string[] = [],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: minute,
      hookTimeout: minute,
      maxWorkers,
      sequence: { groupOrder },
      globalSetup,
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: './test/support/globalSetup.ts',
    reporters: ['default', './test/support/summaryReporter.ts'],
    pool: 'forks',
    // Tests run the sources as the product does: by Node's type stripping, without a bundler in between.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,web,scripts,bench}/**/*.test.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      suite('contract', 2, 2),
      suite('conformance', 3, 2),
      suite('interop', 4, 2, browser),
      suite('browser', 5, 2, browser),
      suite('abuse', 6, 2),
      suite('faults', 6, 2),
    ],
  },
});
