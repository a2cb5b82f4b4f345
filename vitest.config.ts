import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

// Compiled modules, types stripped, are kept for every process that the tests start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules', '.cache', 'tests');

const minute = 60_000;
const browser = ['./test/support/browserSetup.ts'];

/** For the two cores of a small machine: one more, since browsers and servers are waited for. */
const maxWorkers = 3;

/** They replace a module, which another file of the same process may have loaded before. */
const replacingModules = [
  'src/accounts/passwordLogin.test.ts',
  'src/accounts/passwordReset.test.ts',
  'src/accounts/signUp.test.ts',
  'src/api/authentication/dbconnections.test.ts',
  'test/abuse/strangers.test.ts',
];
const unit = { testTimeout: 20_000, hookTimeout: 30_000 };

/** A suite below test/: slower than unit tests, so it gets more time. */
function suite(name: string, globalSetup: string[] = []): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      exclude: replacingModules,
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
    // A process runs file after file: loading the sources for each would take a quarter of the time.
    isolate: false,
    // Tests run the sources as the product does: by Node's type stripping, without a bundler in between.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,web,scripts,bench}/**/*.test.ts'],
          exclude: replacingModules,
          ...unit,
        },
      },
      { extends: true, test: { name: 'isolated', include: replacingModules, isolate: true, ...unit } },
      suite('conformance'),
      suite('interop', browser),
      suite('browser', browser),
      suite('abuse'),
      suite('faults'),
    ],
  },
});
