// Packs what the server sends, once: the binary holds each file as it is, as gzip and as brotli.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
let script = 0;
for (const file of files) {
  const path = join(file.parentPath ?? file.path, file.name);
  if (!/\.(js|css|html|svg|txt)$/.test(file.name)) continue;
  const bytes = readFileSync(path);
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  if (file.name.endsWith(".js")) script += brotli.length;
}
writeFileSync(join(dist, ".gitkeep"), "");

// What the first page loads is what index.html names; the rest comes when its page is opened.
const page = readFileSync(join(dist, "index.html"), "utf8");
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]);
const gzipped = first.reduce((sum, name) => sum + readFileSync(join(dist, `${name}.gz`)).length, 0);
const KB = 1024;
const FIRST_LOAD_KB_MAX = 250;
console.log(`first load ${Math.round(gzipped / KB)} KB of script (gzip), all pages ${Math.round(script / KB)} KB (brotli)`);
if (gzipped > FIRST_LOAD_KB_MAX * KB) {
  console.error(`first load is over ${FIRST_LOAD_KB_MAX} KB`);
  process.exit(1);
}
