import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

/** Rule name → the file that breaks it and what that file imports: a path from the root, or a package. */
export const plants: Readonly<Record<string, [file: string, target: string]>> = {
  'layer-config': ['src/config/planted.ts', 'src/database/target.ts'],
  'layer-outbound': ['src/outbound/planted.ts', 'src/database/target.ts'],
  'layer-database': ['src/database/planted.ts', 'src/crypto/target.ts'],
  'layer-crypto': ['src/delivery/planted.ts', 'src/accounts/target.ts'],
  'layer-tenant': ['src/accounts/planted.ts', 'src/mfa/target.ts'],
  'layer-mfa': ['src/mfa/planted.ts', 'src/http/target.ts'],
  'layer-http': ['src/http/planted.ts', 'src/pages/target.ts'],
  'every-folder-has-a-place': ['src/planted/planted.ts', 'src/config/target.ts'],
  'surfaces-keep-apart': ['src/pages/planted.ts', 'src/oidc/target.ts'],
  'composition-stays-on-top': ['src/oidc/composition.ts', 'src/server.ts'],
  'factors-are-handed-in': ['src/cli/planted.ts', 'src/factors/otp/target.ts'],
  'factors-keep-apart': ['src/factors/email/planted.ts', 'src/factors/otp/target.ts'],
  'factors-know-the-contract': ['src/factors/otp/planted.ts', 'src/accounts/target.ts'],
  'factors-call-no-engine': ['src/factors/otp/caller.ts', 'src/mfa/engine.ts'],
  'http-stays-at-the-surface': ['src/mfa/http.ts', 'fastify'],
  'sql-drivers-stay-in-database': ['src/logs/sqlite.ts', 'node:sqlite'],
  'oidc-provider-stays-in-oidc': ['src/pages/provider.ts', 'oidc-provider'],
  'client-code-keeps-to-itself': ['src/pages/client/planted.ts', 'node:fs'],
  'server-code-runs-no-client-code': ['src/pages/sender.ts', 'src/pages/client/target.ts'],
  'product-knows-no-tests': ['src/tenant/planted.ts', 'test/support/target.ts'],
  'product-needs-no-dev-dependency': ['src/tenant/tool.ts', 'fast-check'],
  'no-cycle': ['src/logs/cycle.ts', 'src/logs/cycleBack.ts'],
  'no-missing-module': ['src/logs/missing.ts', './nowhere.ts'],
};

/** The second half of the cycle, and of two folders that import each other (`crypto` and `logs`). */
const counterparts: [file: string, target: string][] = [
  ['src/logs/cycleBack.ts', 'src/logs/cycle.ts'],
  ['src/logs/mutual.ts', 'src/crypto/target.ts'],
  ['src/crypto/mutual.ts', 'src/logs/target.ts'],
];

/** A temporary source tree that breaks every rule once; deleted when the handle is disposed of. */
export function plantViolations(root: string): Disposable & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-boundaries-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), readFileSync(join(root, 'package.json')));
  const imports = [...Object.values(plants), ...counterparts];
  for (const [, target] of imports) if (isFile(target)) write(join(folder, target), 'export default 1;\n');
  for (const [file, target] of imports) {
    const specifier = isFile(target) ? relative(dirname(file), target).replace(/^(?!\.)/, './') : target;
    write(join(folder, file), `export { default } from '${specifier}';\n`);
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

function isFile(target: string): boolean {
  return /^(src|test)\//.test(target);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
