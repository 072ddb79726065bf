import { type Command, InvalidArgumentError } from "commander";
import type { Hunt } from "../../model/hunt";
import { UsageError } from "../errors";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { soundLibrary } from "../library";
import { printTable } from "../output/print";
import { count } from "../progress";
import type { Session } from "../session";
import { didYouMean } from "../suggest";

interface Options {
  tactic?: string;
  technique?: string;
}

/** `cordon hunt list` */
export function defineList(command: Command, session: Session): void {
  command
    .description("List the hunts.")
    .option("--tactic <tactic>", "only those of an ATT&CK tactic, or triage")
    .option(
      "--technique <id>",
      "only those for an ATT&CK technique, sub-techniques included: T1078",
      technique,
    )
    .action((options: Options) => list(options, session));
  examples(
    command,
    "cordon hunt list",
    "cordon hunt list --tactic persistence --technique T1098 --output json",
  );
}

async function list({ tactic, technique }: Options, session: Session): Promise<void> {
  const { isTactic, tactics } = await import("../../model/attack");
  const folder = tactic?.toLowerCase().replace(/[\s_]+/g, "-");
  if (folder !== undefined && !isTactic(folder)) {
    throw new UsageError({
      code: "tactic-unknown",
      message: `there is no tactic ${JSON.stringify(tactic)}`,
      hint: didYouMean(folder, Object.keys(tactics), "cordon hunt list"),
    });
  }
  const library = await soundLibrary(session);
  if (!library.complete) session.exitCode = Exit.partial;
  const hunts = [...library.hunts.values()].filter(
    (hunt) =>
      (folder === undefined || hunt.tactic === folder) &&
      (technique === undefined ||
        hunt.attack.some((id) => id === technique || id.startsWith(`${technique}.`))),
  );
  printTable(
    session,
    ["ID", "TACTIC", "ATTACK", "PARAMETERS", "QUESTION"],
    hunts.map((hunt) => [
      hunt.id,
      hunt.tactic,
      hunt.attack.join(" "),
      Object.keys(hunt.parameters).join(" "),
      hunt.question,
    ]),
    hunts.map(summary),
  );
  session.io.stderr.write(`${count(hunts.length, "hunt")}\n`);
}

function summary({ id, title, tactic, attack, parameters, question }: Hunt) {
  return { id, title, tactic, attack, parameters, question };
}

function technique(text: string): string {
  const id = text.toUpperCase();
  if (!/^T\d{4}(\.\d{3})?$/.test(id)) throw new InvalidArgumentError("write it as T1078 or T1078.004.");
  return id;
}
