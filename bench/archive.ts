import { execFileSync } from "node:child_process";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cleanCorpus, corpusSize, makeCorpus, smallFiles, volume } from "./archive/corpus";
import { measureJobs } from "./archive/measure";
import { growthJobs, missing, smallFilesJobs, volumeJobs } from "./archive/plan";
import {
  compareAnswers,
  detailTable,
  growthTable,
  growthVerdicts,
  rateTable,
  ratioTable,
  type Verdict,
  verdicts,
  verdictTable,
} from "./archive/report";

const HELP = `npm run bench -- [options]

  --corpus DIR       where the corpus is, or is written (default: cordon-bench in the folder for temporary files)
  --files N          files of a volume (default: 200, 600 MB of text)
  --rounds N         how many times each thing is measured, after one time that is not counted (default: 5)
  --only SECTION     ratios, growth or small-files; repeatable (default: all)
  --make-corpus      only write the corpus
  --clean            only remove it
`;
const SECTIONS = ["ratios", "growth", "small-files"];
const projectRoot = path.resolve(__dirname, "..");

function options() {
  const { values } = parseArgs({
    options: {
      corpus: { type: "string", default: path.join(tmpdir(), "cordon-bench") },
      files: { type: "string", default: "200" },
      rounds: { type: "string", default: "5" },
      only: { type: "string", multiple: true, default: SECTIONS },
      "make-corpus": { type: "boolean", default: false },
      clean: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const files = wholeNumber("--files", values.files);
  const rounds = wholeNumber("--rounds", values.rounds);
  for (const section of values.only) {
    if (!SECTIONS.includes(section)) throw new Error(`--only is one of ${SECTIONS.join(", ")}`);
  }
  return { ...values, files, rounds };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`${option} is a number from 1 on`);
  return Number(text);
}

const say = (text: string) => process.stdout.write(`${text}\n\n`);
const log = (line: string) => process.stderr.write(`${line}\n`);

/** How fast archives are hunted, beside the unzipping that cannot be saved, and beside other tools. */
async function main(): Promise<void> {
  const { corpus, files, rounds, only, clean, help, "make-corpus": makeOnly } = options();
  if (help) return void process.stdout.write(HELP);
  if (clean) return cleanCorpus(corpus);
  const volumes = [1, 2, 3, 4].map((number) => volume(number, files));
  const first = volumes.slice(0, 1);
  if (makeOnly) return void makeCorpus(corpus, [...first, smallFiles(files * 100)], log);
  build();
  say(`Node ${process.versions.node}, ${cpus().length} cores, ${cpus()[0]?.model}, ${rounds} rounds`);
  const reached: Verdict[] = [];
  const sections: Record<string, () => Promise<void>> = {
    async ratios() {
      const folders = makeCorpus(corpus, first, log);
      const absent = missing();
      const results = await measureJobs(volumeJobs(folders.join(), absent), "gunzip-2", rounds, log);
      compareAnswers(results);
      const size = corpusSize(folders);
      say(
        `${size.files} files, ${size.events} events, ${(size.bytes / 1e6).toFixed(0)} MB of text, ${(size.zipped / 1e6).toFixed(0)} MB zipped; all answers agree`,
      );
      say(ratioTable(results, absent));
      say(
        rateTable(results, size, [
          ["gunzip-1", "gunzip, 1 thread"],
          ["gunzip-2", "gunzip, 2 threads"],
          ...["q1", "q2", "q3", "q4"].flatMap((id): [string, string][] => [
            [`cordon-1 ${id}`, `${id}, 1 thread`],
            [`cordon-2 ${id}`, `${id}, 2 threads`],
          ]),
          ["sweep-1", "sweep, 1 thread"],
          ["sweep-2", "sweep, 2 threads"],
        ]),
      );
      say(detailTable(results));
      reached.push(...verdicts(results));
    },
    async growth() {
      const results = await measureJobs(
        growthJobs(makeCorpus(corpus, volumes, log)),
        "gunzip 1",
        rounds,
        log,
      );
      say(growthTable(results));
      reached.push(...growthVerdicts(results));
    },
    async "small-files"() {
      const folders = makeCorpus(corpus, [smallFiles(files * 100)], log);
      const results = await measureJobs(smallFilesJobs(folders.join()), "gunzip 2", rounds, log);
      const names = [...results.keys()].map((name): [string, string] => [
        name,
        `${name.replace(" ", ", ")} thread${name.endsWith("1") ? "" : "s"}`,
      ]);
      const size = corpusSize(folders);
      say(`${size.files} files of 2 to 20 events:`);
      say(rateTable(results, size, names));
    },
  };
  for (const section of SECTIONS) if (only.includes(section)) await sections[section]?.();
  if (reached.length === 0) return;
  say(verdictTable(reached));
  if (!reached.every(({ holds }) => holds)) process.exitCode = 1;
}

/** What is measured is compiled: Cordon as it is shipped, and the processes that ask. */
function build(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: projectRoot, stdio: "inherit" });
  const tsc = path.join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [tsc, "-p", path.join("bench", "tsconfig.build.json")], {
    cwd: projectRoot,
    stdio: "inherit",
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
