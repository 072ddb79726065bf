import { type Cells, Tally } from "../answer";
import { trailFiles } from "../files";
import { questionOf } from "../questions";
import { run } from "./run";
import type { Job, Tool } from "./tool";

/** jq reads what zcat unzips, in as many pairs of processes as there are threads. */
export const jq: Tool = async ({ question: id, paths, threads }: Job) => {
  const question = questionOf(id);
  const files = trailFiles(paths);
  return async () => {
    const tally = new Tally(question.kind);
    const times = await Promise.all(
      Array.from({ length: threads }, (_, thread) =>
        run(
          'zcat -- "$@" | jq -c "$program"',
          files.filter((_, index) => index % threads === thread),
          { program: question.jq },
          (line) => tally.add(JSON.parse(line) as Cells),
        ),
      ),
    );
    return { lines: () => tally.lines(), others: { cpu: times.reduce((sum, time) => sum + time, 0) } };
  };
};

/** ripgrep finds matches but reads no JSON: of rows it only says how many there are. */
export const ripgrep: Tool = async ({ question: id, paths, threads }: Job) => {
  const { kind, ripgrep: pattern } = questionOf(id);
  if (pattern === undefined) throw new Error(`ripgrep cannot answer ${id}`);
  return async () => {
    const tally = new Tally(kind);
    const cpu = await run(
      `rg --search-zip --threads ${threads} --no-filename --no-line-number --only-matching --replace '$1' -e "$pattern" "$@"`,
      paths,
      { pattern },
      (line) => tally.add([line]),
    );
    return { lines: () => tally.lines(), others: { cpu }, isCountOnly: kind === "rows" };
  };
};
