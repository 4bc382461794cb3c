// The built dashboard, read once: hashed assets may be kept for ever, every other address is its index page.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';

interface Asset {
  body: Uint8Array<ArrayBuffer>;
  zipped: Uint8Array<ArrayBuffer> | undefined;
  headers: Record<string, string>;
}

export interface Dashboard {
  /** The text of each inline script of the index page. */
  inlineScripts: string[];
  serve(c: Context): Response;
}

export const builtDashboard = fileURLToPath(new URL('../../dashboard/dist/', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
};
const zippable = /^(text|application)\/|svg/;
const zipFromBytes = 1024;

export function readDashboard(folder: string): Dashboard {
  const assets = new Map<string, Asset>();
  if (existsSync(folder)) {
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath, file.name);
      assets.set(`/${path.slice(folder.length).split(sep).join('/')}`.replace('//', '/'), readAsset(path));
    }
  }
  const index = assets.get('/index.html');
  return {
    inlineScripts: index ? inlineScripts(Buffer.from(index.body).toString('utf8')) : [],
    serve(c) {
      const path = decoded(c.req.path);
      const asset = assets.get(path) ?? (extname(path) === '' ? index : undefined);
      if (asset) return answer(c, asset);
      const problem = index ? 'There is nothing at this address.' : 'The dashboard is not built.';
      return c.text(`${problem}\n`, 404);
    },
  };
}

function readAsset(path: string): Asset {
  const body = new Uint8Array(readFileSync(path));
  const type = contentTypes[extname(path)] ?? 'application/octet-stream';
  const zipped =
    zippable.test(type) && body.length >= zipFromBytes ? new Uint8Array(gzipSync(body)) : undefined;
  // Vite puts a hash of the content into the names below assets/.
  const forEver = path.split(sep).includes('assets');
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const cache = forEver ? 'public, max-age=31536000, immutable' : 'no-cache';
  return {
    body,
    zipped,
    headers: { 'content-type': type, 'cache-control': cache, etag, vary: 'accept-encoding' },
  };
}

function answer(c: Context, { body, zipped, headers }: Asset): Response {
  if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers);
  if (zipped && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) {
    return c.body(zipped, 200, { ...headers, 'content-encoding': 'gzip' });
  }
  return c.body(body, 200, headers);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)].map(
    ([, text]) => text ?? '',
  );
}
