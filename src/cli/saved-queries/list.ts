import type { Command } from "commander";
import { examples } from "../help";
import { printTable } from "../output/print";
import { count } from "../progress";
import type { Session } from "../session";
import { HEADINGS, loadJudged, row, type StackOptions, stackOption } from "./load";

/** `cordon saved-queries list` */
export function defineList(command: Command, session: Session): void {
  stackOption(
    command.description(
      "List the saved queries in Incident Response/, and which are there twice: an interrupted `pulumi up` may leave a second one of the same name.",
    ),
  ).action((options: StackOptions) => list(options, session));
  examples(
    command,
    "cordon saved-queries list",
    "pulumi stack output --stack hunts --json > hunts.json && cordon saved-queries list --stack-output hunts.json",
  );
}

async function list(options: StackOptions, session: Session): Promise<void> {
  const { judged } = await loadJudged(options, session);
  printTable(session, HEADINGS, judged.map(row), judged);
  const tooMany = judged.filter(({ verdict }) => verdict !== "kept").length;
  session.io.stderr.write(
    tooMany === 0
      ? `${count(judged.length, "saved query", "saved queries")}, none of them too many\n`
      : `${count(judged.length, "saved query", "saved queries")}, ${tooMany} to look at: cordon saved-queries prune --help\n`,
  );
}
