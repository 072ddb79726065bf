import type { Command } from "commander";
import type { Session } from "../session";
import { defineFilter } from "./filter";
import { defineList } from "./list";
import { defineRun } from "./run";
import { defineShow } from "./show";

/** `cordon hunt ...` */
export function define(command: Command, session: Session): void {
  defineList(command.command("list"), session);
  defineShow(command.command("show"), session);
  defineRun(command.command("run"), session);
  defineFilter(command.command("filter"), session);
}
