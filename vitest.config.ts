import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Compiled modules, types stripped, are kept for every process that the tests start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'tests');

const minute = 60_000;
const browser = ['./test/support/browserSetup.ts'];

/** Both cores of a small machine; all suites share them, so that none is idle while another ends. */
const maxWorkers = 2;

/** A suite below test/: slower than unit tests, so it gets more time. */
function suite(name: string, globalSetup: string[] = []): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: minute,
      hookTimeout: minute,
      globalSetup,
    },
  };
}

export default defineConfig({
  test: {
    globalSetup: './test/support/globalSetup.ts',
    reporters: ['default', './test/support/summaryReporter.ts'],
    pool: 'forks',
    maxWorkers,
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
        },
      },
      suite('conformance'),
      suite('interop', browser),
      suite('browser', browser),
      suite('abuse'),
      suite('faults'),
    ],
  },
});
