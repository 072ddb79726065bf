import type { Command } from "commander";
import type { Session } from "../session";
import { defineList } from "./list";
import { definePrune } from "./prune";

/** `cordon saved-queries ...` */
export function define(command: Command, session: Session): void {
  defineList(command.command("list"), session);
  definePrune(command.command("prune"), session);
}
