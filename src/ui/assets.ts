import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const font = fileURLToPath(
  import.meta.resolve('@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2'),
);
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

interface Asset {
  path: string;
  type: string;
  content: Buffer;
}

/**
 * The files of a surface's pages, each under a name that holds its hash: the shared ones of this folder
 * and those in the surface's own `static/` and `client/`. All style sheets become one, `style.css`, the
 * shared ones first.
 */
export class Assets {
  readonly #base: string;
  readonly #byName = new Map<string, Asset>();

  /**
   * Reads every file once.
   *
   * @param base path below which they are served, with slashes at both ends
   * @param surface folder of the surface
   * @param libraries files of packages, by the names they get
   */
  constructor(base: string, surface: string, libraries: Readonly<Record<string, URL>> = {}) {
    this.#base = base;
    const files = [import.meta.dirname, surface].flatMap(filesOf);
    this.#add('sans-latin.woff2', readFileSync(font));
    for (const file of files.filter((path) => extname(path) in types && !path.endsWith('.css'))) {
      this.#add(basename(file), readFileSync(file));
    }
    for (const [name, file] of Object.entries(libraries)) this.#add(name, readFileSync(file));
    // Last, because style sheets name the other files.
    const sheets = files.filter((path) => path.endsWith('.css')).map((path) => readFileSync(path, 'utf8'));
    this.#add('style.css', Buffer.from(this.#resolveUrls(sheets.join('\n'))));
  }

  /** Address of a file by its plain name, `icon.svg`. */
  path(name: string): string {
    const asset = this.#byName.get(name);
    if (!asset) throw new Error(`No page asset ${name}`);
    return asset.path;
  }

  /** Adds a route for each file. A browser may keep it for ever: another content has another name. */
  register(app: FastifyInstance): void {
    for (const { path, type, content } of this.#byName.values()) {
      app.get(path, (_request, reply) =>
        reply
          .type(type)
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('cross-origin-resource-policy', 'same-origin')
          .send(content),
      );
    }
  }

  #add(name: string, content: Buffer): void {
    const extension = extname(name);
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 12);
    const path = `${this.#base}${name.slice(0, -extension.length)}.${hash}${extension}`;
    this.#byName.set(name, { path, type: types[extension] as string, content });
  }

  #resolveUrls(css: string): string {
    return css.replace(/url\("([^"]+)"\)/g, (_url, name: string) => `url("${this.path(name)}")`);
  }
}

function filesOf(surface: string): string[] {
  return ['static', 'client']
    .map((name) => join(surface, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    );
}
