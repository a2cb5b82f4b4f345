/** An application, API or grant can't be stored as described; `problems` names everything that is wrong. */
export class InvalidApplicationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.name = 'InvalidApplicationError';
    this.problems = problems;
  }
}
