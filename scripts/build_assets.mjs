/**
 * Builds the browser's files into app/static/dist, each named by its contents:
 *
 *   app/static/src/js/main.js          -> main-HASH.js   (with everything it imports)
 *   its parts (see build_scripts.mjs)  -> live-HASH.js, …
 *   app/static/src/styles/main.scss    -> main-HASH.css
 *   its part, leading.scss             -> leading-HASH.css (for those who lead, and the screen)
 *   app/static/src/images/**           -> images/NAME-HASH.EXT
 *
 * and app/static/dist/manifest.json, by which the templates find them:
 * {"main.js": "main-HASH.js", "images/logo.svg": "images/logo-HASH.svg", …}.
 *
 * Beside each text stand NAME.br and NAME.gz, for whoever takes it compressed.
 *
 * A file's old version stays for a day, so that pages which are open while a new
 * version is put in place still find theirs. The manifest is written last.
 *
 *   node scripts/build_assets.mjs [--watch] [--root FOLDER]
 */
import { createHash } from "node:crypto";
import { existsSync, watch } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import * as esbuild from "esbuild";
import * as sass from "sass";

import { buildScripts as bundle, namingMain } from "./build_scripts.mjs";

const checkout = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: { watch: { type: "boolean", default: false }, root: { type: "string", default: checkout } },
});
const source = path.resolve(options.root, "app/static/src");
const scriptEntry = path.join(source, "js/main.js");
const STYLES = ["main", "leading"];
const stylesEntry = (name) => path.join(source, `styles/${name}.scss`);
const target = path.resolve(options.root, "app/static/dist");
const packages = path.join(checkout, "node_modules");
// The oldest that are meant, see CONTRIBUTING.md: newer syntax is rewritten for them.
const BROWSERS = ["chrome109", "firefox115", "ios15.4", "safari15.4"];
const DAY = 24 * 60 * 60 * 1000;
const TEXTS = new Set([".css", ".js", ".svg"]);
const ENCODINGS = {
  br: (contents) =>
    promisify(brotliCompress)(contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
  gz: (contents) => promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION }),
};

/** Thrown for what the sources' author can mend; shown without a stack. */
class SourceError extends Error {}

const hashOf = (contents) => createHash("sha256").update(contents).digest("hex").slice(0, 10);

function hashedName(name, contents) {
  const { dir, name: stem, ext } = path.posix.parse(name);
  return path.posix.join(dir, `${stem}-${hashOf(contents)}${ext}`);
}

async function buildScripts() {
  try {
    return await bundle(path.dirname(scriptEntry), packages, BROWSERS);
  } catch (error) {
    if (!error.errors) throw error;
    const lines = await esbuild.formatMessages(error.errors, { kind: "error" });
    throw new SourceError(lines.join("\n").trim());
  }
}

/** Compiles the styles; `url("images/…")` in them means a file of src/images. */
async function buildStyles(entry, images) {
  let css;
  try {
    ({ css } = await sass.compileAsync(stylesEntry(entry), {
      importers: [new sass.NodePackageImporter(checkout)],
      loadPaths: [packages],
      quietDeps: true,
      // Bootstrap 5 is still written with @import, and so must be what configures it.
      silenceDeprecations: ["import"],
    }));
  } catch (error) {
    throw error instanceof sass.Exception ? new SourceError(error.message) : error;
  }
  const { code } = await esbuild.transform(css, {
    charset: "utf8",
    legalComments: "inline",
    loader: "css",
    minify: true,
    target: BROWSERS,
  });
  return Buffer.from(
    code.replace(/url\((["']?)(images\/[^"')]+)\1\)/g, (_, quote, name) => {
      if (!images[name]) throw new SourceError(`the styles name ${name}, which src has not`);
      return `url(${quote}${images[name]}${quote})`;
    }),
  );
}

async function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Replaces a file in one step, so that nobody reads half of it. */
async function put(name, contents) {
  const file = path.join(target, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.${process.pid}.new`, contents);
  await rename(`${file}.${process.pid}.new`, file);
}

const done = new Set(); // names carry their contents' hash

/** Replaces a file and its compressed forms; one that saves nothing is left out. */
async function putWithCompressed(name, contents) {
  const encodings = done.has(name) ? {} : ENCODINGS;
  done.add(name);
  for (const [suffix, compress] of Object.entries(encodings)) {
    const compressed = TEXTS.has(path.extname(name)) ? await compress(contents) : contents;
    if (compressed.length < contents.length) await put(`${name}.${suffix}`, compressed);
  }
  await put(name, contents);
}

async function removeOutdated(current) {
  for (const file of await filesBelow(target)) {
    const name = path.relative(target, file).split(path.sep).join("/");
    if (current.has(name.replace(/\.(br|gz)$/, "")) || name === "manifest.json") continue;
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > DAY) await rm(file, { force: true });
  }
}

async function build() {
  for (const entry of [scriptEntry, ...STYLES.map(stylesEntry)]) {
    if (!existsSync(entry)) throw new SourceError(`${entry} is missing`);
  }
  const manifest = {};
  const add = async (name, contents) => {
    manifest[name] = hashedName(name, contents);
    await putWithCompressed(manifest[name], contents);
  };

  const images = path.join(source, "images");
  for (const file of await filesBelow(images)) {
    const name = path.relative(images, file).split(path.sep).join("/");
    await add(`images/${name}`, await readFile(file));
  }
  const [{ main, parts }, ...styles] = await Promise.all([
    buildScripts(),
    ...STYLES.map((name) => buildStyles(name, manifest)),
  ]);
  // A page may have one main.js only: it gets a new name whenever a part does.
  await add("main.js", Buffer.from(`${main}// ${hashOf(Object.values(parts).join())}\n`));
  for (const [name, text] of Object.entries(parts)) {
    await add(name, Buffer.from(namingMain(text, manifest["main.js"])));
  }
  for (const [number, name] of STYLES.entries()) await add(`${name}.css`, styles[number]);

  await put("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  await removeOutdated(new Set(Object.values(manifest)));
}

async function buildAndTell() {
  try {
    await build();
    return true;
  } catch (error) {
    console.error(error instanceof SourceError ? error.message : error);
    return false;
  }
}

const ok = await buildAndTell();
if (options.watch) {
  let timer;
  watch(source, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (await buildAndTell()) console.log(`built ${new Date().toLocaleTimeString()}`);
    }, 50);
  });
  console.log(`watching ${path.relative(process.cwd(), source)}`);
} else if (!ok) {
  process.exitCode = 1;
}
