import { readFileSync } from "node:fs";
import path from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { FALLBACK, MODES } from "../model/deny-policy";
import { type Account, partitionOf, readEntityText } from "../model/entity";
import { CordonError } from "../model/error";
import { formatInstant } from "../model/instant";
import type { Proposal } from "../model/proposed-entries";
import { carryOut, type EditOptions, editOptions, openStackFile } from "./edit-block-list";
import { asUsage, UsageError } from "./errors";
import { examples } from "./help";
import type { Session } from "./session";

interface Options extends EditOptions {
  reason?: string;
  ticket?: string;
  owner?: string;
  since?: string;
  until?: string;
  mode?: string;
  issuedBefore?: string;
  session?: string;
  fallback?: string;
  evidence?: string[];
  override?: { rule: string; reason: string }[];
  from?: string;
  offline?: boolean;
}

/** `cordon contain ENTITY...` */
export function define(command: Command, session: Session): void {
  command
    .description(
      "Put users, roles and groups on the block list: asks the guardrails, edits the stack's file and leaves all else in it as it is. Nothing is applied: that is pulumi's part, after a review.",
    )
    .argument("[entity...]", "user/NAME, role/NAME, group/NAME, or an ARN")
    .option("--reason <text>", "why, in one line")
    .option("--ticket <id>", "where the case is recorded")
    .option("--owner <who>", "whom to ask about it")
    .option("--since <time>", "when it was decided (default: now), as 2026-11-24T02:10:00Z")
    .option("--until <time>", "when somebody should look at it again; nothing is released by itself")
    .addOption(new Option("--mode <mode>", "how (default: deny, which is everything)").choices(MODES))
    .option("--issued-before <time>", "of revoke-sessions: deny sessions issued before this instant")
    .option("--session <name>", "of deny-session: the name of the session to deny")
    .addOption(
      new Option(
        "--fallback <policy>",
        "of deny: what to attach where the inline policies leave no room for it",
      ).choices([FALLBACK]),
    )
    .option("--evidence <eventId...>", "events of CloudTrail that led here, by eventID")
    .option(
      "--override <rule=reason>",
      "let a guardrail pass, and say why; repeatable",
      (text: string, before: Options["override"] = []) => [...before, override(text)],
    )
    .option("--from <file>", "take entries from a file, JSON or YAML: a list, as the block list has it")
    .option("--offline", "ask no account: without most guardrails, which pulumi preview still asks")
    .action((entities: string[], options: Options) => contain(entities, options, session));
  editOptions(command);
  examples(
    command,
    'cordon contain user/mallory --reason "Key used from 203.0.113.7" --ticket INC-2041 --owner secops@example.com',
    "cordon contain --from proposal.json --branch",
    'cordon contain role/web --mode revoke-sessions --issued-before 2026-11-24T02:20:00Z --reason "..." --ticket INC-7 --owner soc',
  );
}

async function contain(entities: string[], options: Options, session: Session): Promise<void> {
  const { addEntries, parseContainmentFile } = await import("../model/block-list-edit");
  const { proposedEntries, readProposals } = await import("../model/proposed-entries");
  const file = openStackFile(options, session);
  const { accountId, region } = parseContainmentFile(file.text, file.name);
  const account: Account = { id: accountId, partition: partitionOf(region) };
  const now = Date.now();
  const named = asUsage(() => entities.map((text) => proposal(text, account)));
  const read = options.from === undefined ? [] : readProposals(readFrom(options.from, session), options.from);
  if (named.length + read.length === 0) {
    throw new UsageError({
      code: "contain-nobody",
      message: "nobody is named",
      hint: "name user/NAME, role/NAME or group/NAME, or a file with --from",
    });
  }
  const defaults = defaultsOf(options, now);
  const entries = [
    ...asUsage(() => proposedEntries(named, defaults, account, now)),
    ...proposedEntries(read, defaults, account, now),
  ];
  const edit = addEntries(file.text, file.name, entries, { now });
  const { askGuardrails } = await import("./ask-guardrails");
  await askGuardrails(entries, parseContainmentFile(edit.text, file.name, { now }), file, options, session);
  await carryOut("Contain", entries, file, edit, options, session);
}

function proposal(text: string, account: Account): Proposal {
  const { entity, problem } = readEntityText(text, account);
  if (problem !== undefined) throw new CordonError(problem);
  return { value: { [entity.kind]: entity.name } };
}

/** What the command line says about each entry. What it does not say is left out, and missed where it is needed. */
function defaultsOf(options: Options, now: number): Record<string, unknown> {
  const { reason, ticket, owner, until, mode, issuedBefore, session, fallback, evidence, override } = options;
  const about = { reason, ticket, owner, until, mode, issuedBefore, session, fallback, evidence, override };
  return {
    since: options.since ?? formatInstant(now),
    ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
  };
}

function readFrom(file: string, { io }: Session): string {
  try {
    return readFileSync(path.resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new UsageError({
      code: "contain-from",
      message: `--from cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    });
  }
}

function override(text: string): { rule: string; reason: string } {
  const [rule = "", reason] = text.split(/=(.*)/s);
  if (reason === undefined) throw new InvalidArgumentError("write RULE=REASON.");
  return { rule, reason };
}
