import type { ServiceLastAccessed } from "@aws-sdk/client-iam";
import type { Command } from "commander";
import { type Entity, formatEntity, readEntityText } from "../../model/entity";
import { CordonError } from "../../model/error";
import { asUsage } from "../errors";
import { examples } from "../help";
import { printTable } from "../output/print";
import { count } from "../progress";
import type { Session } from "../session";
import { text } from "./list";

/** IAM API Reference, GenerateServiceLastAccessedDetails and GetServiceLastAccessedDetails. */
const ABOUT = `What the rows mean:
  Attempts count, denied ones too, of 400 days or so; the last hours may be missing still. CloudTrail is the authority.
  IAM lists the services that the entity's own policies allow. One that is denied everything may therefore have an
  empty report: ask before you contain, and CloudTrail afterwards.
  A group's rows are those of its members.`;

/** `cordon entities last-accessed ENTITY` */
export function defineLastAccessed(command: Command, session: Session): void {
  command
    .argument("<entity>", "user/NAME, role/NAME, group/NAME, or an ARN")
    .description(
      "List the services that a user, a role or a group's members tried to use, the last one first (IAM's service last accessed data).",
    )
    .option("--all", "list the services that were never tried as well")
    .action((entity: string, options: { all?: boolean }) => lastAccessed(entity, options, session))
    .addHelpText("after", `\n${ABOUT}`);
  examples(
    command,
    "cordon entities last-accessed user/mallory",
    "cordon entities last-accessed role/deploy --all",
  );
}

async function lastAccessed(argument: string, { all }: { all?: boolean }, session: Session): Promise<void> {
  const entity = asUsage(() => readArgument(argument));
  const { iamClient } = await import("../../aws/clients");
  const { entityArn } = await import("../../aws/iam-entities");
  const { serviceLastAccessed } = await import("../../aws/last-accessed");
  const { signal, stderr } = session.io;
  const client = await iamClient(session.options);
  // An ARN is IAM's to refuse: looked up by its name, that of another account would be answered with one of this.
  const arn = argument.startsWith("arn:") ? argument : await entityArn(client, entity);
  const services = await serviceLastAccessed(client, arn, { signal });
  const tried = services.filter(({ LastAuthenticated }) => LastAuthenticated !== undefined).sort(byTime);
  const shown = all ? [...tried, ...services.filter((service) => !tried.includes(service))] : tried;
  printTable(session, ["SERVICE", "LAST ACCESSED", "REGION", "BY", "NAME"], shown.map(cells), shown);
  const never = services.length - tried.length;
  stderr.write(
    `${formatEntity(entity)}: ${count(tried.length, "service")} tried, ${never} allowed and never tried\n`,
  );
  if (services.length === 0) {
    stderr.write("IAM lists no service: no policy of its own allows it any, or a deny takes them all away\n");
  }
}

function readArgument(argument: string): Entity {
  const { entity, problem } = readEntityText(argument);
  if (problem !== undefined) throw new CordonError(problem);
  return entity;
}

function byTime(a: ServiceLastAccessed, b: ServiceLastAccessed): number {
  return (b.LastAuthenticated?.getTime() ?? 0) - (a.LastAuthenticated?.getTime() ?? 0);
}

function cells(service: ServiceLastAccessed): string[] {
  const { ServiceNamespace, LastAuthenticated, LastAuthenticatedRegion, LastAuthenticatedEntity } = service;
  const values = [ServiceNamespace, LastAuthenticated, LastAuthenticatedRegion, LastAuthenticatedEntity];
  return [...values, service.ServiceName].map(text);
}
