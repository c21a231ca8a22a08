// Writes beside the build what it was made from (manifest.json) and the licences of the packages in it (LICENCES.txt).
// The hash of the sources: SHA-256 over each path, a zero byte, its bytes, a zero byte, in the order of the paths.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUT = "../dateline/desk/static/built";
const OTHERS = ["package-lock.json", "package.json", "seal.mjs", "tsconfig.json", "vite.config.ts"];

const sources = [...readdirSync("src").map((name) => `src/${name}`), ...OTHERS].sort();
const hash = createHash("sha256");
for (const path of sources) hash.update(`${path}\0`).update(readFileSync(path)).update("\0");

const read = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf-8"));
const direct = Object.keys(JSON.parse(readFileSync("package.json", "utf-8")).dependencies);
const all = new Set(direct);
for (const name of all) for (const each of Object.keys(read(name).dependencies ?? {})) all.add(each);

function licence(name) {
  const { version, license } = read(name);
  const files = ["LICENSE", "LICENSE.txt", "LICENSE.md", "License.txt", "LICENCE", "license"];
  const file = files.map((each) => join("node_modules", name, each)).find((path) => existsSync(path));
  const text = file ? readFileSync(file, "utf-8").trim() : "(no licence file in the package)";
  return `${name} ${version}: ${license}\n\n${text}\n`;
}
const parts = [...all]
  .sort()
  .filter((name) => !name.startsWith("@types/"))
  .map(licence);
const line = `\n${"-".repeat(80)}\n\n`;
const head = "Packages that are in the files of this folder, or in what is in them, and their licences.\n";
writeFileSync(join(OUT, "LICENCES.txt"), head + line + parts.join(line));

const files = {};
for (const name of readdirSync(OUT).sort()) {
  if (name === "manifest.json") continue;
  files[name] = createHash("sha256")
    .update(readFileSync(join(OUT, name)))
    .digest("hex");
}
const named = (end) => Object.keys(files).find((name) => name.startsWith("islands-") && name.endsWith(end));
const told = { sources: hash.digest("hex"), script: named(".js"), style: named(".css"), files };
writeFileSync(join(OUT, "manifest.json"), `${JSON.stringify(told, null, 2)}\n`);
