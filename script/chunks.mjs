// Cuts the portal's program into the chunks that app/src/chunks.rs names, in place of the whole that Trunk has put
// together. Trunk runs it after a release build; other builds stay whole.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

if (process.env.TRUNK_PROFILE !== 'release') process.exit(0);

const staging = process.env.TRUNK_STAGING_DIR;
const target = process.env.CARGO_TARGET_DIR ?? join(process.env.TRUNK_SOURCE_DIR, '..', 'target');
const whole = join(target, 'wasm32-unknown-unknown', 'wasm-release', 'centrale-app.wasm');
const main = readdirSync(staging).find((name) => /^centrale-app-[0-9a-f]+\.js$/.test(name)).replace(/\.js$/, '');
const work = mkdtempSync(join(tmpdir(), 'centrale-chunks-'));
const run = (command, ...parameters) => execFileSync(command, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });

run('wasm-split-cli', whole, work, '--target', 'web', '--out-name', main);
run('wasm-bindgen', '--target', 'web', '--no-typescript', '--keep-lld-exports', '--out-dir', work, '--out-name', main, join(work, `${main}.wasm`));
rmSync(join(work, `${main}.wasm`));

const features = ['bulk-memory', 'mutable-globals', 'multivalue', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];
for (const name of readdirSync(work).filter((name) => name.endsWith('.wasm'))) {
  const file = join(work, name);
  run('wasm-opt', ...features.map((feature) => `--enable-${feature}`), '--strip-debug', '-Oz', file, '-o', file);
}

// Every chunk gets its content's hash into its name, as browsers keep such files for ever.
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
let loader = readFileSync(join(work, '__wasm_split.js'), 'utf8');
for (const name of readdirSync(work).filter((name) => name.endsWith('.wasm') && !name.startsWith(main))) {
  const bytes = readFileSync(join(work, name));
  const hashed = `chunk-${hash(bytes)}.wasm`;
  loader = loader.replaceAll(`./${name}`, `./${hashed}`);
  writeFileSync(join(staging, hashed), bytes);
}
const loaderName = `chunks-${hash(loader)}.js`;
writeFileSync(join(staging, loaderName), loader);
writeFileSync(join(staging, `${main}_bg.wasm`), readFileSync(join(work, `${main}_bg.wasm`)));
const glue = readFileSync(join(work, `${main}.js`), 'utf8').replaceAll('from "./__wasm_split.js"', `from "./${loaderName}"`);
writeFileSync(join(staging, `${main}.js`), glue);
rmSync(work, { recursive: true });
