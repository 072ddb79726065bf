import { readFileSync } from "node:fs";
import path from "node:path";
import { Command, Option } from "commander";
import { EXIT_CODES_HELP } from "./exit-codes";
import { examples } from "./help";
import { type Io, wantsColour } from "./io";
import { bold, terminalColumns } from "./output/terminal";
import { packageRoot } from "./project";
import { createSession, FORMATS, type GlobalOptions, type Session } from "./session";

/** Declares the subcommands of one group. Loaded when the group is used: `cordon --help` must not wait for the others. */
type Define = (command: Command, session: Session) => void;

const GROUPS: readonly { name: string; summary: string; load: () => Promise<{ define: Define }> }[] = [
  { name: "hunt", summary: "Ask CloudTrail what somebody did.", load: () => import("./hunt") },
  { name: "query", summary: "Run any Logs Insights query.", load: () => import("./query") },
  { name: "filter", summary: "Search with any filter pattern.", load: () => import("./filter") },
  { name: "sweep", summary: "Run every hunt at once: what is in here?", load: () => import("./sweep") },
  { name: "runbook", summary: "Follow an incident's procedure.", load: () => import("./runbook") },
  {
    name: "entities",
    summary: "List the users, roles and groups that could be blocked.",
    load: () => import("./entities"),
  },
  { name: "status", summary: "Compare the block list with IAM.", load: () => import("./status") },
  { name: "verify", summary: "Prove that who is listed is denied.", load: () => import("./verify") },
  { name: "watch", summary: "Watch that who is contained stays so.", load: () => import("./watch") },
  {
    name: "contain",
    summary: "Put somebody on the block list, for review.",
    load: () => import("./contain"),
  },
  {
    name: "release",
    summary: "Take somebody off the block list, for review.",
    load: () => import("./release"),
  },
  {
    name: "access-changes",
    summary: "Say who loses and who regains access by a change of the block list.",
    load: () => import("./access-changes"),
  },
  { name: "check", summary: "Judge the block list by every guardrail.", load: () => import("./check") },
  { name: "lint", summary: "Check the runbooks and the stack files.", load: () => import("./lint") },
  {
    name: "saved-queries",
    summary: "Look after the queries that are saved on AWS.",
    load: () => import("./saved-queries"),
  },
  { name: "lab", summary: "Run all of it in a local AWS, with no account.", load: () => import("./lab") },
];

function version(): string {
  const { version } = JSON.parse(readFileSync(path.join(packageRoot(), "package.json"), "utf8"));
  return String(version);
}

const ENVIRONMENT_HELP = `Environment:
  CORDON_LOG_GROUP         the log group that CloudTrail writes to
  AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL, ...
                           as for the AWS command line
  NO_COLOR, FORCE_COLOR    without colours, with colours; else they are used on a terminal`;

/** The whole command line, and the session that its commands share. */
export function createProgram(io: Io): { program: Command; session: Session } {
  const program = new Command("cordon");
  const session = createSession(io, () => program.opts<GlobalOptions>());
  program
    .description("AWS incident response as reviewed code: hunts over CloudTrail, and a block list.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Errors are printed by report(), which knows of --output json.
      outputError: () => undefined,
      getOutHelpWidth: () => terminalColumns(io.stdout) ?? 100,
      getErrHelpWidth: () => terminalColumns(io.stderr) ?? 100,
      getOutHasColors: () => wantsColour(io.stdout, io.env),
      getErrHasColors: () => wantsColour(io.stderr, io.env),
    })
    .configureHelp({ showGlobalOptions: true, styleTitle: bold(io.stdout, io.env) })
    .helpCommand(false)
    .addOption(new Option("--output <format>", "how to print").choices(FORMATS).default("table"))
    .option(
      "--project <folder>",
      "folder that holds runbooks/ and Pulumi.yaml (default: found upwards from here)",
    )
    .option("--region <region>", "AWS region (default: AWS_REGION, or the profile's)")
    .option("--profile <profile>", "AWS profile (default: AWS_PROFILE, and the usual credential chain)")
    .version(version(), "-V, --version", "print the version")
    .hook("preSubcommand", async (_, command) => {
      const group = GROUPS.find(({ name }) => name === command.name());
      (await group?.load())?.define(command, session);
    });
  for (const { name, summary } of GROUPS) program.command(name).description(summary).helpCommand(false);
  examples(
    program,
    "cordon hunt list --tactic persistence",
    "cordon hunt run s3-list-buckets --log-group CloudTrail/DefaultLogGroup --since 24h",
    "cordon lab demo",
  );
  program.addHelpText("after", `\n${ENVIRONMENT_HELP}\n\n${EXIT_CODES_HELP}`);
  return { program, session };
}
