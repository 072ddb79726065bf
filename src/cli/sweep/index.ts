import type { Command } from "commander";
import { CordonError, formatProblem, type Problem } from "../../model/error";
import type { Hunt } from "../../model/hunt";
import type { QueryResult, QueryStatistics } from "../../model/query-result";
import { totalOf } from "../../sources/side-by-side";
import type { Progress } from "../../sources/source";
import { runOptions, searched } from "../ask";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { type ParameterOptions, parameterOption, valuesOf } from "../parameters";
import { bytes, count, progressLine } from "../progress";
import type { Session } from "../session";
import { type OpenedSource, openSource, type SourceOptions, sourceOptions } from "../source";
import { type TimeoutOptions, timeoutOf, timeoutOption } from "../timeout";
import { printFindings, tellRest } from "./print";
import { type Finding, ranked } from "./rank";
import { type Chosen, selectHunts } from "./select";

export interface SweepOptions extends SourceOptions, ParameterOptions, TimeoutOptions {
  hunt?: string[];
  yes?: boolean;
}

/** `cordon sweep` */
export function define(command: Command, session: Session): void {
  command
    .option("--hunt <id>", "only this hunt; repeatable", (id: string, before: string[] = []) => [
      ...before,
      id,
    ])
    .option("--yes", "of a log group: do not ask whether to pay for it")
    .action((options: SweepOptions) => sweep(options, session));
  parameterOption(command);
  timeoutOption(sourceOptions(command));
  examples(
    command,
    "cordon sweep --archive ./AWSLogs",
    "cordon sweep --archive ./AWSLogs --param accessKeyId=AKIAIOSFODNN7EXAMPLE --output csv",
    "cordon sweep --log-group CloudTrail/DefaultLogGroup --since 24h --hunt access-denied --hunt secrets-read",
  );
}

async function sweep(options: SweepOptions, session: Session): Promise<void> {
  const { obstacles } = await import("./summary");
  const { chosen, asking } = await selectHunts(options.hunt, valuesOf(options), session);
  const opened = await openSource(options, session);
  const able = chosen.filter(({ hunt, query }) => {
    const problems = obstacles(query, opened.logGroup === undefined);
    if (problems.length > 0) notRun(hunt, problems, session);
    return problems.length === 0;
  });
  if (opened.logGroup !== undefined && able.length > 0) {
    const { agreeToCost } = await import("./cost");
    await agreeToCost(able.length, { logGroup: opened.logGroup, range: opened.range }, options, session);
  }
  const began = Date.now();
  const { findings, statistics, files } = await runAll(able, opened, options, session);
  const found = ranked(findings.filter(({ events }) => events > 0));
  const quiet = findings.filter(({ events }) => events === 0);
  printFindings(found, options, session);
  const { stderr } = session.io;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  const where = files === undefined ? "" : ` in ${count(files.total, "file")}`;
  stderr.write(
    `${count(findings.length, "hunt")}; ${count(statistics.recordsScanned, "record")}${where}, ${bytes(statistics.bytesScanned)} scanned in ${seconds} s\n`,
  );
  stderr.write(`${searched(opened)}\n`);
  tellRest({ found, quiet, asking }, options, session);
}

/** Says why a hunt is not run: what is printed is not all that there is. */
function notRun({ id }: Hunt, problems: readonly Problem[], session: Session): void {
  session.exitCode = Exit.partial;
  for (const problem of problems) session.io.stderr.write(`${id} is not run: ${formatProblem(problem)}\n`);
}

async function runAll(
  chosen: readonly Chosen[],
  { source, range, logGroup }: OpenedSource,
  options: SweepOptions,
  session: Session,
): Promise<{ findings: Finding[]; statistics: QueryStatistics; files: Progress["files"] }> {
  const { readSummary, summaryQuery } = await import("./summary");
  const queries = chosen.map(({ query }) => summaryQuery(query));
  const progress = progressLine(session, "hit");
  let files: Progress["files"];
  let results: readonly (QueryResult | CordonError)[];
  try {
    const run = runOptions(session, progress, (now) => {
      files = now.files;
    });
    results = await source.runQueries({ queries, range }, { ...timeoutOf(options), ...run });
  } finally {
    progress.clear();
  }
  const read: QueryStatistics[] = [];
  const findings: Finding[] = [];
  for (const [index, one] of chosen.entries()) {
    const result = results[index];
    if (result === undefined || result instanceof CordonError) {
      notRun(one.hunt, result?.problems ?? [], session);
    } else {
      read.push(result.statistics);
      findings.push({ ...one, ...readSummary(result) });
    }
  }
  // An archive is read once for all of them.
  return { findings, statistics: totalOf(logGroup === undefined ? read.slice(0, 1) : read), files };
}
