// Compiles the scanner of archives, which is AssemblyScript, to WebAssembly. Alone, it prints what it compiles to.
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCE = "src/sources/archive/scan/assembly/scanner.ts";

/** @returns the text of src/sources/archive/scan/scanner-binary.ts */
export async function scannerBinary() {
  let binary;
  const options = [
    "--baseDir",
    root,
    "--outFile",
    "scanner.wasm",
    "-O3",
    "--runtime",
    "stub",
    "--enable",
    "simd",
  ];
  const { error, stderr } = await asc.main([SOURCE, ...options], {
    writeFile: (_, content) => {
      binary = content;
    },
  });
  if (error !== null) throw new Error(`${error.message}\n${stderr.toString()}`);
  const lines = Buffer.from(binary)
    .toString("base64")
    .match(/.{1,96}/g);
  return [
    "/** What assembly/scanner.ts compiles to, in base64. `npm run generate` writes it. */",
    "export const SCANNER_BINARY = [",
    ...lines.map((line) => `  "${line}",`),
    '].join("");',
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await scannerBinary());
