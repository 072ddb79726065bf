import { readFileSync } from "node:fs";
import path from "node:path";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "commander";
import { UsageError } from "../errors";
import type { Session } from "../session";
import { type Judged, judge, OUR_FOLDER } from "./judge";

export interface StackOptions {
  stackOutput?: string[];
}

/** Adds `--stack-output FILE`: which saved queries the hunts stacks know. */
export function stackOption(command: Command): Command {
  return command.option(
    "--stack-output <file>",
    "what `pulumi stack output --stack hunts --json` prints: the saved queries that the stack knows; repeat it for every hunts stack of this account and region",
    (file: string, files: string[] = []) => [...files, file],
  );
}

/** The saved queries in our folder, judged by what the stacks know. */
export async function loadJudged(
  { stackOutput = [] }: StackOptions,
  session: Session,
): Promise<{ client: CloudWatchLogsClient; judged: Judged[] }> {
  const files = stackOutput.map((file) => idsIn(path.resolve(session.io.cwd, file)));
  const { logsClient } = await import("../../aws/clients");
  const { listSavedQueries } = await import("../../aws/query-definitions");
  const client = await logsClient(session.options);
  const queries = await listSavedQueries(client, { namePrefix: OUR_FOLDER });
  for (const [index, ids] of files.entries()) {
    if (queries.length === 0 || queries.some(({ id }) => ids.has(id))) continue;
    throw new UsageError({
      code: "stack-output-unrelated",
      message: `${stackOutput[index]} names none of the saved queries that are here`,
      hint: "is it the hunts stack of this account and region?",
    });
  }
  const known = files.length === 0 ? undefined : new Set(files.flatMap((ids) => [...ids]));
  return { client, judged: judge(queries, known) };
}

/** Every string in a JSON file: ids are unmistakable among them, whatever the outputs are called. */
function idsIn(file: string): Set<string> {
  const strings = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") strings.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  try {
    collect(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new UsageError({
      code: "stack-output-unreadable",
      message: error instanceof Error ? error.message : String(error),
      hint: "pulumi stack output --stack hunts --json > FILE",
      place: { file },
    });
  }
  return strings;
}

/** Rows for a table of saved queries. */
export const HEADINGS = ["VERDICT", "NAME", "ID", "MODIFIED"];

export function row({ verdict, name, id, lastModified }: Judged): string[] {
  return [verdict, name, id, lastModified === undefined ? "" : new Date(lastModified).toISOString()];
}
