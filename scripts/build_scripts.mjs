/**
 * Bundles the browser's scripts: main.js for every page, and beside it the parts that only some
 * pages need. A part takes from main.js what is in there already, so that each page has one of it;
 * and main.js stays one file, where a bundler would cut it into as many as there are ways to share.
 */
import path from "node:path";

import * as esbuild from "esbuild";

const MAIN = "./main.js";
const PARTS = ["live.js", "discussing.js", "moderating.js", "planning.js", "notes.js"];
// What these packages do there breaks our content policy, or old browsers; paths from src/js.
const INSTEAD = { "style-mod": "./elements/notes/no_styles.js", "lib0/webcrypto": "./elements/notes/random.js" };
const OPTIONS = {
  alias: INSTEAD,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "eof",
  logLevel: "silent",
  metafile: true,
  minify: true,
  write: false,
};

/** The texts of main.js and of the parts, {name: text}; the parts name main.js as MAIN. */
export async function buildScripts(folder, packages, target) {
  const options = { ...OPTIONS, absWorkingDir: folder, nodePaths: [packages], target };
  const inMain = filesOf(await esbuild.build({ ...options, entryPoints: [MAIN] }));
  const shared = new Set();
  const plugins = [takingFromMain(folder, inMain, shared)];
  const parts = {};
  for (const name of PARTS) {
    parts[name] = textOf(await build({ ...options, plugins, entryPoints: [`./${name}`] }));
  }
  const contents = [`import "${MAIN}";`, ...[...shared].sort().map((file) => `export * from "./${file}";`)];
  const main = await build({ ...options, stdin: { contents: contents.join("\n"), resolveDir: folder } });
  checkExports(Object.values(main.metafile.outputs)[0].exports, parts);
  return { main: textOf(main), parts };
}

async function build(options) {
  const result = await esbuild.build(options);
  for (const line of await esbuild.formatMessages(result.warnings, { kind: "warning" })) console.warn(line.trim());
  return result;
}

/** The same text with the name under which main.js can be fetched. */
export const namingMain = (text, built) => text.replaceAll(`"${MAIN}"`, `"./${built}"`);

const textOf = ({ outputFiles: [file] }) => file.text;
const filesOf = ({ metafile }) => new Set(Object.keys(metafile.inputs).filter((file) => !file.startsWith("..")));

function takingFromMain(folder, inMain, shared) {
  return {
    name: "taking from main.js",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path: name, importer, kind }) => {
        const file = path.relative(folder, path.resolve(path.dirname(importer), name)).split(path.sep).join("/");
        if (kind === "entry-point" || !inMain.has(file)) return undefined;
        shared.add(file);
        return { path: MAIN, external: true };
      });
    },
  };
}

/** Two modules that export one name would hide it from the parts, without a word. */
function checkExports(offered, parts) {
  for (const [part, text] of Object.entries(parts)) {
    for (const [, names] of text.matchAll(/import\{([^}]*)\}from"\.\/main\.js"/g)) {
      const missing = names.split(",").map((name) => name.split(" as ")[0]).filter((name) => !offered.includes(name));
      if (missing.length) throw new Error(`${part} wants ${missing} of main.js, which offers it not or twice`);
    }
  }
}
