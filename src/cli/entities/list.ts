import type { Group, IAMClient, User } from "@aws-sdk/client-iam";
import type { Command } from "commander";
import type { RoleListing } from "../../aws/iam-entities";
import { printTable } from "../output/print";
import { timeText } from "../output/text";
import { count } from "../progress";
import type { Session } from "../session";

/** One of AWS's listings, and what its table shows; the JSON shows all that AWS gives. */
interface Listing<T> {
  /** What it lists. */
  noun: string;
  load(client: IAMClient): Promise<T[]>;
  /** A column without a value in any row is left out. */
  columns: Readonly<Record<string, (entity: T) => string | Date | undefined>>;
}

/** `cordon entities users|roles|groups` */
export function defineLists(command: Command, session: Session): void {
  subcommand<User>("users", {
    noun: "user",
    load: async (client) => (await import("../../aws/iam-entities")).listUsers(client),
    columns: {
      NAME: (user) => user.UserName,
      ID: (user) => user.UserId,
      CREATED: (user) => user.CreateDate,
      PATH: (user) => user.Path,
      "PASSWORD LAST USED": (user) => user.PasswordLastUsed,
    },
  });
  subcommand<RoleListing>("roles", {
    noun: "role",
    load: async (client) => (await import("../../aws/iam-entities")).listRoles(client),
    columns: {
      NAME: (role) => role.RoleName,
      ID: (role) => role.RoleId,
      CREATED: (role) => role.CreateDate,
      PATH: (role) => role.Path,
      "LAST USED": (role) => role.RoleLastUsed?.LastUsedDate,
    },
  });
  subcommand<Group>("groups", {
    noun: "group",
    load: async (client) => (await import("../../aws/iam-entities")).listGroups(client),
    columns: {
      NAME: (group) => group.GroupName,
      ID: (group) => group.GroupId,
      CREATED: (group) => group.CreateDate,
      PATH: (group) => group.Path,
    },
  });

  function subcommand<T>(name: string, listing: Listing<T>): void {
    command
      .command(name)
      .description(`List the account's IAM ${name}, all pages. --output json prints all that AWS gives.`)
      .action(() => list(listing, session));
  }
}

async function list<T>({ noun, load, columns }: Listing<T>, session: Session): Promise<void> {
  const { iamClient } = await import("../../aws/clients");
  const entities = await load(await iamClient(session.options));
  const filled = Object.entries(columns)
    .map(([heading, value]) => ({ heading, cells: entities.map((entity) => text(value(entity))) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  printTable(
    session,
    filled.map(({ heading }) => heading),
    entities.map((_, row) => filled.map(({ cells }) => cells[row] ?? "")),
    entities,
  );
  session.io.stderr.write(`${count(entities.length, noun)}\n`);
}

/** A cell. */
export function text(value: string | Date | undefined): string {
  return value instanceof Date ? timeText(value) : (value ?? "");
}
