import type { Command } from "commander";
import { Exit } from "../exit-codes";
import { examples } from "../help";
import { soundLibrary } from "../library";
import { printTable } from "../output/print";
import { count } from "../progress";
import type { Session } from "../session";

/** `cordon runbook list` */
export function defineList(command: Command, session: Session): void {
  command.description("List the procedures for incidents.").action(() => list(session));
  examples(command, "cordon runbook list");
}

async function list(session: Session): Promise<void> {
  const library = await soundLibrary(session);
  if (!library.complete) session.exitCode = Exit.partial;
  const incidents = [...library.incidents.values()];
  printTable(
    session,
    ["ID", "TITLE", "STARTS WITH", "TRIGGER"],
    incidents.map(({ id, title, parameters, trigger }) => [
      id,
      title,
      Object.keys(parameters).join(" "),
      firstSentence(trigger),
    ]),
    incidents.map(({ id, title, parameters, trigger }) => ({ id, title, parameters, trigger })),
  );
  session.io.stderr.write(`${count(incidents.length, "runbook")}\n`);
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
