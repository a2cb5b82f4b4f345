import type { Reporter, SerializedError, TestModule, TestRunEndReason } from 'vitest/node';

/**
 * Ends the run's output with one plain line for people and scripts: `123 passed, 0 failed, 2 skipped`.
 * A file that can't be loaded, a hook that throws, an error outside any test and a run without tests count as failed.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: TestRunEndReason,
  ): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const broken = groups.filter((group) => group.errors().length > 0).length;
    const unfinished = count('pending') + (reason === 'interrupted' ? 1 : 0);
    const empty = tests.length === 0 && broken + unhandled.length === 0 ? 1 : 0;
    const failed = count('failed') + broken + unhandled.length + unfinished + empty;
    const skipped = count('skipped');
    process.stdout.write(
      `${count('passed')} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`,
    );
  }
}
