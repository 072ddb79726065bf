import type { Command } from "commander";
import type { BlockListEntry } from "../model/block-list";
import { ENTITY_KINDS, type Entity, entityKey, formatEntity, readEntity } from "../model/entity";
import { CordonError } from "../model/error";
import type { ContainmentStack } from "../model/stack-config";
import {
  printContainmentStatus,
  readContainmentStack,
  readContainmentStatus,
  type StackFileOptions,
  stackFileOption,
} from "./containment-status";
import { asUsage, UsageError } from "./errors";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { count } from "./progress";
import type { Session } from "./session";
import { didYouMean } from "./suggest";

/**
 * STS API Reference, GetCallerIdentity ("no permissions are required"); IAM User Guide, GetSessionToken ("you cannot use
 * policies to control authentication operations"). The rest follows from whose policy the deny is.
 */
const NOT_STOPPED = `A deny does not stop:
- sts:GetCallerIdentity, which answers under every deny, and sts:GetSessionToken, whose tokens are denied as well
- roles that a denied user assumed before: list each role
- other users, roles and keys that were made or trusted meanwhile: list each of them
- running instances, functions and tasks: they keep running, and with a role of their own they keep calling AWS
`;

/** `cordon verify [ENTITY...]` */
export function define(command: Command, session: Session): void {
  command
    .argument("[entity...]", "user/NAME, role/NAME or group/NAME (default: all that the block list names)")
    .description(
      "Prove that the listed entities are denied. It reads IAM itself, never Pulumi's state. The exit code is 0 only when each of them carries the deny; IAM takes some seconds to enforce one that was just put.",
    )
    .action((entities: string[], options: StackFileOptions) => verify(entities, options, session));
  stackFileOption(command);
  examples(command, "cordon verify", "cordon verify user/mallory role/deploy");
}

async function verify(asked: readonly string[], options: StackFileOptions, session: Session): Promise<void> {
  const entities = asUsage(() => asked.map(readArgument));
  const stack = await readContainmentStack(options, session);
  const blockList = entities.length === 0 ? stack.blockList : listedOf(entities, stack);
  const listed = new Set(blockList.map(({ entity }) => entityKey(entity)));
  const statuses = (await readContainmentStatus(stack, session)).filter(({ entity }) =>
    listed.has(entityKey(entity)),
  );
  printContainmentStatus(session, statuses);
  const denied = statuses.filter(({ state }) => state === "denied").length;
  if (denied < statuses.length) session.exitCode = Exit.problem;
  const { stderr } = session.io;
  stderr.write(`${denied} of ${count(statuses.length, "listed entity", "listed entities")} denied\n`);
  stderr.write(NOT_STOPPED);
}

/** `user/mallory`. @throws CordonError */
function readArgument(text: string): Entity {
  const slash = text.indexOf("/");
  const kind = ENTITY_KINDS.find((each) => each === text.slice(0, slash));
  if (kind === undefined) {
    throw new CordonError({
      code: "entity-argument",
      message: `${JSON.stringify(text)} names no entity`,
      hint: "write it as user/NAME, role/NAME or group/NAME",
    });
  }
  const { entity, problem } = readEntity(kind, text.slice(slash + 1));
  if (problem !== undefined) throw new CordonError(problem);
  return entity;
}

/** The entries of these entities, in the list's order. @throws UsageError for each that is not on the list. */
function listedOf(entities: readonly Entity[], { blockList, file }: ContainmentStack): BlockListEntry[] {
  const names = new Map(blockList.map(({ entity }) => [entityKey(entity), formatEntity(entity)]));
  const unlisted = entities.filter((entity) => !names.has(entityKey(entity)));
  if (unlisted.length > 0) {
    throw new UsageError(
      unlisted.map((entity) => ({
        code: "entity-not-listed",
        message: `${formatEntity(entity)} is not on the block list of ${file}`,
        hint: didYouMean(formatEntity(entity), names.values(), "cordon status"),
      })),
    );
  }
  const asked = new Set(entities.map(entityKey));
  return blockList.filter(({ entity }) => asked.has(entityKey(entity)));
}
