import type { Command } from "commander";
import { examples } from "../help";
import type { Session } from "../session";
import { defineLastAccessed } from "./last-accessed";
import { defineLists } from "./list";

/** `cordon entities ...` */
export function define(command: Command, session: Session): void {
  examples(
    command,
    "cordon entities users",
    "cordon entities roles --output json | jq '.[].Arn'",
    "cordon entities last-accessed user/mallory",
  );
  defineLists(command, session);
  defineLastAccessed(command.command("last-accessed"), session);
}
