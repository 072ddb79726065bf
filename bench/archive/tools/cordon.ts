import path from "node:path";
import type { Row } from "../../../src/model/query-result";
import { lineOf } from "../answer";
import { type Question, questionOf } from "../questions";
import { run } from "./run";
import type { Job, Tool } from "./tool";

const projectRoot = process.cwd();

/** Cordon as a library: its archive source. */
export const cordon: Tool = async ({ question: id, paths, threads }: Job) => {
  const question = questionOf(id);
  const source = await open(paths);
  const { ALL_TIME } = await import("../../../src/sources/time-range");
  return async () => {
    const { rows } = await source.runQuery(
      { query: question.query, range: ALL_TIME },
      { onProblem, threads },
    );
    return { lines: () => rows.map((row) => lineOfRow(row, question)) };
  };
};

/** What `cordon sweep` asks: a summary of each hunt that needs no parameter, in one pass. */
export const sweep: Tool = async ({ paths, threads }: Job) => {
  const source = await open(paths);
  const { ALL_TIME } = await import("../../../src/sources/time-range");
  const { loadLibrary } = await import("../../../src/library");
  const { renderQuery } = await import("../../../src/model/hunt");
  const { summaryQuery } = await import("../../../src/cli/sweep/summary");
  const queries = [...loadLibrary(projectRoot).hunts.values()]
    .filter(({ parameters }) => Object.keys(parameters).length === 0)
    .map((hunt) => summaryQuery(renderQuery(hunt, {})));
  return async () => {
    const results = await source.runQueries({ queries, range: ALL_TIME }, { onProblem, threads });
    return {
      lines: () =>
        results.flatMap((result, hunt) => {
          if (result instanceof Error) throw result;
          return result.rows.map((row) => lineOf([hunt, ...result.columns.map((column) => row[column])]));
        }),
    };
  };
};

/** `cordon query` as a person runs it: with the start of Node and the printing of rows. */
export const command: Tool = async ({ question: id, paths }: Job) => {
  const question = questionOf(id);
  const args = [
    path.join(projectRoot, "bin", "cordon.js"),
    ...["query", question.query, "--output", "jsonl"],
    ...paths.flatMap((folder) => ["--archive", folder]),
  ];
  return async () => {
    const rows: Row[] = [];
    const cpu = await run('"$node" "$@"', args, { node: process.execPath }, (line) => {
      rows.push(JSON.parse(line) as Row);
    });
    return { lines: () => rows.map((row) => lineOfRow(row, question)), others: { cpu } };
  };
};

async function open(paths: readonly string[]) {
  const { archiveSource } = await import("../../../src/sources/archive/archive");
  return archiveSource(paths);
}

function lineOfRow(row: Row, { kind, fields }: Question): string {
  const counted = { rows: [], count: ["calls"], distinct: ["addresses"] }[kind];
  const named = kind === "rows" ? fields : fields.slice(0, 1);
  return lineOf([...named, ...counted].map((column) => row[column]));
}

function onProblem({ message }: { message: string }): void {
  throw new Error(message);
}
