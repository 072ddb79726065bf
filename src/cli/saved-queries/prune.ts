import type { Command } from "commander";
import { CordonError, type Problem } from "../../model/error";
import { printable } from "../../model/printable";
import { UsageError } from "../errors";
import { examples } from "../help";
import { printJson, printLines, wantsJson } from "../output/print";
import { table } from "../output/table";
import { terminalColumns } from "../output/terminal";
import { count } from "../progress";
import type { Session } from "../session";
import type { Judged } from "./judge";
import { HEADINGS, loadJudged, row, type StackOptions, stackOption } from "./load";

interface Options extends StackOptions {
  yes?: boolean;
}

/** `cordon saved-queries prune` */
export function definePrune(command: Command, session: Session): void {
  stackOption(
    command
      .description(
        "Delete saved queries that are there twice: those named, else each of which the hunts stack has another of the same name. Never one that the stack has, nor the last of its name, nor any outside of Incident Response/.",
      )
      .argument("[id...]", "ids of the saved queries to delete")
      .option("--yes", "do not ask"),
  ).action((ids: string[], options: Options) => prune(ids, options, session));
  examples(
    command,
    "pulumi stack output --stack hunts --json > hunts.json && cordon saved-queries prune --stack-output hunts.json",
    "cordon saved-queries prune 3e8c1a0d-9b0e-4c1f-8d4b-0a9f0d3c7e11 --yes",
  );
}

async function prune(ids: readonly string[], options: Options, session: Session): Promise<void> {
  const isJson = wantsJson(session);
  const { client, judged } = await loadJudged(options, session);
  const chosen =
    ids.length > 0 ? choose(ids, judged) : judged.filter(({ verdict }) => verdict === "duplicate");
  if (ids.length === 0) refuseAmbiguous(judged);
  if (chosen.length > 0 && options.yes !== true) await confirm(chosen, session);
  const { deleteSavedQuery } = await import("../../aws/query-definitions");
  const deleted: Judged[] = [];
  for (const query of chosen) {
    session.io.signal.throwIfAborted();
    await deleteSavedQuery(client, query.id);
    deleted.push(query);
    if (!isJson) {
      printLines(session, [`deleted ${printable(query.id)}  ${printable(query.name)}`]);
    }
  }
  if (isJson) printJson(session, { deleted });
  session.io.stderr.write(`${count(deleted.length, "saved query", "saved queries")} deleted\n`);
}

/** @throws UsageError naming each id that must not be deleted, and why. */
function choose(ids: readonly string[], judged: readonly Judged[]): Judged[] {
  const problems: Problem[] = [];
  const refuse = (id: string, why: string, hint: string) =>
    problems.push({ code: "saved-query-kept", message: `${id} ${why}`, hint });
  const chosen = judged.filter(({ id }) => ids.includes(id));
  for (const id of new Set(ids)) {
    const query = chosen.find((each) => each.id === id);
    if (query === undefined) {
      refuse(id, "is no saved query in Incident Response/", "cordon saved-queries list");
    } else if (query.verdict === "kept") {
      refuse(
        id,
        `is to be kept: ${query.name}`,
        "only one that is there twice is deleted; pulumi destroy deletes a stack's",
      );
    }
  }
  for (const query of chosen.filter(({ verdict }) => verdict === "ambiguous")) {
    const left = judged.filter(({ name, id }) => name === query.name && !ids.includes(id));
    if (left.length === 0)
      refuse(query.id, `would be the last of its name to go: ${query.name}`, "leave one of them");
  }
  if (problems.length > 0) throw new UsageError(problems);
  return chosen;
}

/** @throws UsageError when there are saved queries of equal names, and nobody has said which of them to delete. */
function refuseAmbiguous(judged: readonly Judged[]): void {
  const ambiguous = judged.filter(({ verdict }) => verdict === "ambiguous");
  if (ambiguous.length === 0) return;
  throw new UsageError(
    ambiguous.map(({ id, name }) => ({
      code: "saved-query-ambiguous",
      message: `several saved queries are called ${name}, among them ${id}`,
      hint: "name the ids to delete, or give --stack-output",
    })),
  );
}

/** @throws CordonError unless somebody answers yes. */
async function confirm(chosen: readonly Judged[], { io }: Session): Promise<void> {
  const lines = table(HEADINGS, chosen.map(row), { columns: terminalColumns(io.stderr) });
  io.stderr.write(`${lines.join("\n")}\n`);
  const answer = await io.ask(`Delete ${count(chosen.length, "saved query", "saved queries")}? [y/N] `);
  if (answer === undefined) {
    throw new UsageError({
      code: "confirmation-needed",
      message: "there is no terminal to ask on, nothing was deleted",
      hint: "--yes",
    });
  }
  if (!/^y(es)?$/i.test(answer.trim()))
    throw new CordonError({ code: "declined", message: "nothing was deleted" });
}
