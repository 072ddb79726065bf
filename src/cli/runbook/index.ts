import type { Command } from "commander";
import type { Session } from "../session";
import { defineList } from "./list";
import { defineShow } from "./show";

/** `cordon runbook ...` */
export function define(command: Command, session: Session): void {
  defineList(command.command("list"), session);
  defineShow(command.command("show"), session);
}
