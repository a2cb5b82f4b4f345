import type { ImportFault } from '../accounts/imports/importFault.ts';
import type { Output } from './output.ts';

/** What became of one user. */
export type Imported =
  | { outcome: 'inserted' | 'updated'; email: string; notices: readonly string[] }
  | { outcome: 'failed'; email?: string; faults: readonly ImportFault[] };

/** Told of so many users one by one; the others are counted. */
const mostTold = 1000;

interface Told {
  line: number;
  email?: string;
  path?: string;
  message: string;
}

/** What became of the users of a file: people read each line as it comes, programs one document at the end. */
export class ImportReport {
  readonly #output: Output;
  readonly #isTrial: boolean;
  readonly #lines = new Map<string, number>();
  readonly #counts = { total: 0, inserted: 0, updated: 0, failed: 0 };
  readonly #errors: Told[] = [];
  readonly #notices: Told[] = [];

  constructor(output: Output, isTrial: boolean) {
    this.#output = output;
    this.#isTrial = isTrial;
  }

  get hasFailures(): boolean {
    return this.#counts.failed > 0;
  }

  /** Where this address stood before in the file. */
  lineOf(email: string): number | undefined {
    return this.#lines.get(email);
  }

  add(line: number, imported: Imported): void {
    const { outcome, email } = imported;
    this.#counts.total += 1;
    this.#counts[outcome] += 1;
    const whose = { line, ...(email === undefined ? {} : { email }) };
    if (imported.outcome === 'failed') {
      for (const fault of imported.faults) this.#tell(this.#errors, { ...whose, ...fault });
      return;
    }
    this.#lines.set(imported.email, line);
    for (const message of imported.notices) this.#tell(this.#notices, { ...whose, message });
  }

  print(): void {
    const { total, inserted, updated, failed } = this.#counts;
    const text = `${total} users: ${inserted} inserted, ${updated} updated, ${failed} failed.`;
    this.#output.print(
      {
        dry_run: this.#isTrial,
        summary: this.#counts,
        errors: this.#errors,
        notices: this.#notices,
      },
      this.#isTrial ? `${text} Nothing was stored: this was a dry run.` : text,
    );
  }

  #tell(list: Told[], told: Told): void {
    if (list.length < mostTold) list.push(told);
    const { line, email, path, message } = told;
    const about = [email, path].filter((part) => part).join(': ');
    this.#output.note(`line ${line}: ${about === '' ? message : `${about}: ${message}`}`);
  }
}
