import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const folders = [join(import.meta.dirname, 'static'), join(import.meta.dirname, 'client')];
const font = fileURLToPath(
  import.meta.resolve('@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2'),
);
const base = '/u/assets/';
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

/** The style sheet, pictures and scripts of the pages, each under a name that holds its hash. */
export class Assets {
  readonly #byName = new Map<string, Asset>();

  /** Reads every file once. Style sheets come last, because they name the other files. */
  constructor() {
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
    const served = files.filter((file) => extname(file) in types);
    this.#add('sans-latin.woff2', readFileSync(font));
    for (const file of served.filter((path) => !path.endsWith('.css'))) {
      this.#add(basename(file), readFileSync(file));
    }
    for (const file of served.filter((path) => path.endsWith('.css'))) {
      this.#add(basename(file), Buffer.from(this.#resolveUrls(readFileSync(file, 'utf8'))));
    }
  }

  /** Address of a file by its plain name, `pages.css`. */
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
    const path = `${base}${name.slice(0, -extension.length)}.${hash}${extension}`;
    this.#byName.set(name, { path, type: types[extension] as string, content });
  }

  #resolveUrls(css: string): string {
    return css.replace(/url\("([^"]+)"\)/g, (_url, name: string) => `url("${this.path(name)}")`);
  }
}
