import path from "node:path";
import { type Command, Option } from "commander";
import type { BlockListEntry } from "../model/block-list";
import type { BlockListEdit } from "../model/block-list-edit";
import { formatEntity } from "../model/entity";
import { printable } from "../model/printable";
import { spliceDiff } from "../model/splice";
import { commitMessage } from "./commit-message";
import { readStackFile, type StackFileOptions, stackFileOption, stackFilePath } from "./containment-status";
import { printJson, printLines, wantsJson } from "./output/print";
import { count } from "./progress";
import type { Session } from "./session";
import { replaceFile } from "./write-file";

/** What `cordon contain` and `cordon release` share. */
export interface EditOptions extends StackFileOptions {
  branch?: boolean;
  dryRun?: boolean;
}

/** A stack's file that is to be edited. */
export interface OpenedFile {
  path: string;
  /** As it is called in messages. */
  name: string;
  text: string;
}

export function editOptions(command: Command): Command {
  return stackFileOption(command)
    .addOption(new Option("--branch", "commit the edit on a git branch of its own, to be reviewed"))
    .addOption(new Option("--dry-run", "print the diff and write nothing"));
}

export function openStackFile(options: StackFileOptions, session: Session): OpenedFile {
  const file = stackFilePath(options, session);
  return { ...file, text: readStackFile(file.path, file.name) };
}

/** Shows an edit, and writes it unless it is to be looked at only. */
export async function carryOut(
  verb: "Contain" | "Release",
  entries: readonly BlockListEntry[],
  file: OpenedFile,
  { text, splices }: BlockListEdit,
  options: EditOptions,
  session: Session,
): Promise<void> {
  const asJson = wantsJson(session);
  const entities = entries.map(({ entity }) => formatEntity(entity));
  const diff = [`--- a/${file.name}`, `+++ b/${file.name}`, ...spliceDiff(file.text, splices)].map(printable);
  if (!asJson) printLines(session, diff);
  const write = (now: string, before: string) => replaceFile(file.path, before, now);
  let made: { branch: string; commit: string } | undefined;
  if (options.branch && !options.dryRun) {
    const { commitOnBranch } = await import("./git");
    session.stopsItself = true;
    made = await commitOnBranch(
      {
        file: file.path,
        prefix: verb.toLowerCase(),
        about: entities.join(" "),
        before: file.text,
        text,
        message: commitMessage(verb, entries),
        write,
      },
      session.io.signal,
    );
  } else if (!options.dryRun) write(text, file.text);
  if (asJson) printJson(session, { file: file.name, entities, written: !options.dryRun, diff, ...made });
  const { stderr } = session.io;
  const done = { Contain: "added to", Release: "taken off" }[verb];
  stderr.write(
    `${count(entries.length, "entity", "entities")} ${options.dryRun ? "would be " : ""}${done} ${printable(file.name)}\n`,
  );
  if (options.dryRun) return;
  for (const line of nextSteps(file, made?.branch)) stderr.write(`${printable(line)}\n`);
}

function nextSteps({ name }: OpenedFile, branch: string | undefined): string[] {
  if (branch !== undefined) {
    return [
      `committed on the branch ${branch}; to have it reviewed:`,
      `  git push --set-upstream origin ${branch}`,
      `  gh pr create --fill --head ${branch}`,
    ];
  }
  const stack = /^Pulumi\.([A-Za-z0-9_.-]+)\.ya?ml$/.exec(path.basename(name))?.[1];
  return [
    `nothing is applied yet; to look at it and apply it: pulumi up${stack === undefined ? "" : ` --stack ${stack}`}`,
  ];
}
