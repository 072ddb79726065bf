import type { Command } from "commander";
import { formatProblem } from "../../model/error";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { printJson, printLines, wantsJson } from "../output/print";
import { count } from "../progress";
import { projectRoot } from "../project";
import type { Session } from "../session";

/** `cordon lint` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Check every runbook, Pulumi.yaml and every stack file. Each problem is printed as file:line:column; the exit code is 1 when there is one.",
    )
    .action(() => lint(session));
  examples(command, "cordon lint", "cordon lint --output json | jq '.problems[].place'");
}

async function lint(session: Session): Promise<void> {
  const root = projectRoot(session);
  const { checkProject } = await import("./check-project");
  const result = checkProject(root);
  const { problems, notes, hunts, incidents, stacks } = result;
  if (problems.length > 0) session.exitCode = Exit.problem;
  if (wantsJson(session)) {
    printJson(session, result);
    return;
  }
  printLines(session, problems.map(formatProblem));
  const { stderr } = session.io;
  for (const note of notes) stderr.write(`note: ${formatProblem(note)}\n`);
  const checked = `${count(hunts, "hunt")}, ${count(incidents, "incident runbook")} and ${count(stacks, "stack file")}`;
  const files = new Set(problems.map(({ place }) => place?.file)).size;
  stderr.write(
    problems.length === 0
      ? `no problem in ${checked}\n`
      : `${count(problems.length, "problem")} in ${count(files, "file")}\n`,
  );
}
