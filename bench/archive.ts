import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cleanCorpus, makeCorpus, smallFiles, volume } from "./archive/corpus";

const { values } = parseArgs({
  options: {
    /** Where the corpus is, or is written. */
    corpus: { type: "string", default: path.join(tmpdir(), "cordon-bench") },
    files: { type: "string", default: "200" },
    "make-corpus": { type: "boolean", default: false },
    clean: { type: "boolean", default: false },
  },
});

function main(): void {
  const log = (line: string) => process.stderr.write(`${line}\n`);
  if (values.clean) cleanCorpus(values.corpus);
  else if (values["make-corpus"]) {
    makeCorpus(values.corpus, [volume(1, Number(values.files)), smallFiles()], log);
  }
}

main();
