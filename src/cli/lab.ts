import { type Command, Option } from "commander";
import { CordonError } from "../model/error";
import { Exit } from "./exit-codes";
import { examples } from "./help";
import { printJson, printLines, wantsJson } from "./output/print";
import { projectRoot } from "./project";
import type { Session } from "./session";

const SHELLS = ["sh", "fish", "powershell"] as const;

/** `cordon lab ...`: the one place outside of lab/ that knows it, and only once it is called. */
export function define(command: Command, session: Session): void {
  command
    .command("up")
    .description("Start the lab in the background: an empty account, an empty Pulumi state.")
    .action(() => up(session));
  command
    .command("down")
    .description("Stop the lab. Its account and its Pulumi state end together.")
    .action(() => down(session));
  command
    .command("status")
    .description("Say whether a lab runs. Exit code 1 when none does.")
    .action(() => status(session));
  examples(
    command
      .command("env")
      .description("Print the lines that make aws, pulumi and cordon in this shell talk to the lab.")
      .addOption(new Option("--shell <shell>", "whose syntax").choices(SHELLS).default("sh"))
      .action(({ shell }: { shell: (typeof SHELLS)[number] }) => env(shell, session)),
    'eval "$(cordon lab env)"',
    "cordon lab env --shell fish | source",
    "cordon lab env --shell powershell | Out-String | Invoke-Expression",
  );
  command
    .command("demo")
    .description("Tell the whole story in about a minute: a leaked key, the hunts, the deny, the release.")
    .action(() => demo(session));
  examples(command, "cordon lab up", 'eval "$(cordon lab env)"', "cordon lab demo");
}

/** Loads the lab, which is large. */
const theLab = () => import("../../lab");

async function up(session: Session): Promise<void> {
  session.stopsItself = true;
  const lab = await theLab();
  const { stderr } = session.io;
  const state = await lab.up({ projectRoot: projectRoot(session) }, (line) => stderr.write(`${line}\n`));
  stderr.write(`The lab is up since ${state.startedAt}. Next: eval "$(cordon lab env)"\n`);
}

async function down(session: Session): Promise<void> {
  const lab = await theLab();
  const wasUp = await lab.down({ projectRoot: projectRoot(session) });
  session.io.stderr.write(wasUp ? "The lab is down.\n" : "No lab was running.\n");
}

async function status(session: Session): Promise<void> {
  const lab = await theLab();
  const state = await lab.status({ projectRoot: projectRoot(session) });
  if (state === undefined) session.exitCode = Exit.problem;
  if (wantsJson(session)) {
    // The state holds the lab's keys: only what is said here is printed.
    printJson(
      session,
      state === undefined ? { up: false } : { up: true, pid: state.pid, startedAt: state.startedAt },
    );
  } else {
    printLines(session, [
      state === undefined
        ? "No lab is running."
        : `A lab is up since ${state.startedAt} (process ${state.pid}).`,
    ]);
  }
}

async function env(shell: (typeof SHELLS)[number], session: Session): Promise<void> {
  const lab = await theLab();
  const state = await lab.status({ projectRoot: projectRoot(session) });
  if (state === undefined) {
    throw new CordonError({ code: "lab-is-down", message: "no lab is running", hint: "cordon lab up" });
  }
  session.io.stdout.write(lab.environment(state, shell));
}

async function demo(session: Session): Promise<void> {
  session.stopsItself = true;
  const lab = await theLab();
  session.exitCode =
    (await lab.demo(session.io, { projectRoot: projectRoot(session) })) === 0 ? Exit.ok : Exit.problem;
}
