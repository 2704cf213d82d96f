// Prints what the first page load weighs and fails above the limit.
// Counted is index.html and all it leads to: attributes, then references in the scripts, sheets and manifest found.
// Parts of the program are not: pages fetch them when they are needed, by `new URL(…)`.
// Usage: node script/first-load.mjs FOLDER [LIMIT-IN-KB]
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const [folder, limit = '200'] = process.argv.slice(2);

const references = {
  html: [/\s(?:href|src|data-js|data-wasm)="([^"]+)"/g],
  css: [/url\(\s*["']?([^"')]+)/g, /@import\s+["']([^"']+)/g],
  js: [/\bfrom\s*["']([^"']+)["']/g, /\bimport\s*\(?\s*["']([^"']+)["']/g],
  webmanifest: [/"src":\s*"([^"]+)"/g],
};

/** Files of the folder that the text of `path` names. */
function leadsTo(path) {
  const patterns = references[path.split('.').pop()] ?? [];
  const text = patterns.length ? readFileSync(join(folder, path), 'utf8') : '';
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1].split(/[?#]/)[0]))
    .filter((target) => target && !/^[a-z]+:/.test(target))
    .map((target) => normalize(target.startsWith('/') ? target.slice(1) : join(dirname(path), target)))
    .filter((target) => existsSync(join(folder, target)) && statSync(join(folder, target)).isFile());
}

const found = new Set(['index.html']);
for (const path of found) leadsTo(path).forEach((target) => found.add(target));

const size = (path) => (existsSync(path) ? statSync(path).size : undefined);
const rows = [...found].map((path) => {
  const raw = size(join(folder, path));
  return { path, raw, sent: size(join(folder, `${path}.br`)) ?? raw };
});
rows.sort((a, b) => b.sent - a.sent);

const total = rows.reduce((sum, row) => sum + row.sent, 0);
const line = (path, raw, sent) => console.log(`${String(path).padEnd(56)}${String(raw).padStart(10)}${String(sent).padStart(10)}`);
line('file', 'bytes', 'brotli');
for (const { path, raw, sent } of rows) line(path, raw, sent);
line('first load', rows.reduce((sum, row) => sum + row.raw, 0), total);

const allowed = Number(limit) * 1000;
if (total > allowed) {
  console.error(`the first load is ${total} bytes, more than the ${allowed} allowed`);
  process.exit(1);
}
