import { type Command, Option } from "commander";
import { notAskedOffline } from "../model/check-list";
import { formatEntity } from "../model/entity";
import { formatProblem } from "../model/error";
import { printable } from "../model/printable";
import { offlineNote } from "./ask-guardrails";
import type { CheckedStack, CheckResult } from "./check-stacks";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { printJson, printLines, wantsJson } from "./output/print";
import { count } from "./progress";
import type { Session } from "./session";

export interface CheckOptions {
  base?: string;
  stackFile?: string;
  stackOutput?: string;
  offline?: boolean;
}

/** `cordon check` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Judge the block lists by every guardrail, as a pull request's check: each new entry, and the change as a whole. It reads the account and writes nothing. An entry that the base branch lists, or that the stack's last run let through, counts as applied: nothing stops it. The exit code is 1 when something is refused.",
    )
    .addOption(
      new Option(
        "--base <commit>",
        "what the change goes out from (default: where this branch left origin's main branch)",
      ),
    )
    .addOption(
      new Option("--stack-file <path>", "one block list (default: all of the project's stack files)"),
    )
    .addOption(
      new Option(
        "--stack-output <file>",
        "what `pulumi stack output --json` prints for the stack of --stack-file: whom the last run let through",
      ),
    )
    .addOption(
      new Option(
        "--offline",
        "ask no account: only the guardrails that need none, and say which were left out",
      ),
    )
    .action((options: CheckOptions) => check(options, session));
  examples(
    command,
    "cordon check",
    "cordon check --base origin/main --output json | jq '.problems[].code'",
    "cordon check --offline",
  );
}

async function check(options: CheckOptions, session: Session): Promise<void> {
  const asJson = wantsJson(session);
  const { checkStacks } = await import("./check-stacks");
  const result = await checkStacks(options, session);
  const { problems, warnings, notes, stacks } = result;
  if (problems.length > 0) session.exitCode = Exit.problem;
  if (asJson) printJson(session, jsonOf(result, options));
  else {
    printLines(session, problems.map(formatProblem));
    printLines(
      session,
      warnings.map((warning) => `warning: ${formatProblem(warning)}`),
    );
  }
  const { stderr } = session.io;
  for (const note of notes) stderr.write(`note: ${printable(note)}\n`);
  if (options.offline) stderr.write(offlineNote());
  const verdict = problems.length === 0 ? "nothing is refused" : `${count(problems.length, "refusal")}`;
  stderr.write(`${stacks.map(summary).join("; ") || "no block list"}: ${verdict}\n`);
}

function summary({ file, base, listed, added }: CheckedStack): string {
  const compared = base === undefined ? "all judged as new" : `${added.length} not in ${base.ref}`;
  return printable(`${file}: ${count(listed, "entry", "entries")}, ${compared}`);
}

function jsonOf({ stacks, ...rest }: CheckResult, { offline = false }: CheckOptions): unknown {
  return {
    ...rest,
    stacks: stacks.map(({ base, added, ...stack }) => ({
      ...stack,
      base: base ?? null,
      added: added.map(({ entity, ticket, mode = "deny" }) => ({
        entity: formatEntity(entity),
        mode,
        ticket,
      })),
    })),
    notChecked: offline ? notAskedOffline() : [],
  };
}
