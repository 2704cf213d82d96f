// Writes a brotli and a gzip copy beside each compressible file of a folder, for servers that send them as they are.
// Usage: node script/precompress.mjs FOLDER
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const compressible = /\.(wasm|js|mjs|css|html|svg|json|webmanifest|txt|ftl)$/;
const folder = process.argv[2];

for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  if (!compressible.test(path) || !statSync(path).isFile()) continue;
  const bytes = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
