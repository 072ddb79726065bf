import type { Command } from "commander";
import { entityKey, partitionOf, readEntityText } from "../model/entity";
import { CordonError } from "../model/error";
import { carryOut, type EditOptions, editOptions, openStackFile } from "./edit-block-list";
import { asUsage } from "./errors";
import { examples } from "./help";
import type { Session } from "./session";

/** `cordon release ENTITY...` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Take users, roles and groups off the block list: edits the stack's file and leaves all else in it as it is. Nothing is applied: that is pulumi's part, after a review.",
    )
    .argument("<entity...>", "user/NAME, role/NAME, group/NAME, or an ARN")
    .action((entities: string[], options: EditOptions) => release(entities, options, session));
  editOptions(command);
  examples(command, "cordon release user/mallory", "cordon release user/mallory role/web --branch");
}

async function release(texts: string[], options: EditOptions, session: Session): Promise<void> {
  const { parseContainmentFile, removeEntries } = await import("../model/block-list-edit");
  const file = openStackFile(options, session);
  const { accountId, region, blockList } = parseContainmentFile(file.text, file.name);
  const account = { id: accountId, partition: partitionOf(region) };
  const entities = asUsage(() =>
    texts.map((text) => {
      const { entity, problem } = readEntityText(text, account);
      if (problem !== undefined) throw new CordonError(problem);
      return entity;
    }),
  );
  const edit = removeEntries(file.text, file.name, entities);
  const keys = new Set(entities.map(entityKey));
  const entries = blockList.filter(({ entity }) => keys.has(entityKey(entity)));
  await carryOut("Release", entries, file, edit, options, session);
}
