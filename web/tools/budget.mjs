// Fails when what the first page loads is more than 600 kB of JavaScript, gzipped.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT = 600_000;
const folder = process.argv[2];
const page = readFileSync(join(folder, "index.html"), "utf8");
const size = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;

const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
  (found) => found[1],
);
const all = readdirSync(join(folder, "assets")).filter((file) => file.endsWith(".js"));
const initial = first.reduce((sum, file) => sum + size(file), 0);
const whole = all.reduce((sum, file) => sum + size(join("assets", file)), 0);
process.stdout.write(
  `JavaScript, gzipped: ${initial} bytes at first, ${whole} in all (limit ${LIMIT})\n`,
);
if (first.length === 0 || initial > LIMIT || /<script(?![^>]*\bsrc=)|<style|\sstyle=/i.test(page)) {
  process.stderr.write("over the limit, or index.html has inline script or style\n");
  process.exit(1);
}
