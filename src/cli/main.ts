import { report } from "./errors";
import type { ExitCode } from "./exit-codes";
import type { Io } from "./io";
import { processIo } from "./process-io";
import { createProgram } from "./program";

/** How long a command that was told to stop may take to stop what it began on AWS. Milliseconds. */
const GRACE = 10_000;

/**
 * Runs one command line.
 *
 * @param argv without the names of node and of the script.
 * @returns what to exit with. Nothing is thrown: errors are printed.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { program, session } = createProgram(io);
  // `cordon help hunt list` is `cordon hunt list --help`.
  const args = argv[0] === "help" ? [...argv.slice(1), "--help"] : [...argv];
  const patience = patienceWith(io.signal, () => (session.stopsItself ? GRACE : 0));
  try {
    await Promise.race([program.parseAsync(args, { from: "user" }), patience.lost]);
    if (!session.stopIsTheEnd) io.signal.throwIfAborted();
    return session.exitCode;
  } catch (error) {
    return report(error, session);
  } finally {
    patience.end();
  }
}

/** The process `cordon`. */
export async function main(): Promise<void> {
  // The SDK warns on stderr of the day when it will leave this Node behind. That concerns who maintains Cordon, not
  // who uses it in an incident.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const io = processIo();
  process.exitCode = await run(process.argv.slice(2), io);
  // Work that did not stop by itself must not keep the process.
  if (io.signal.aborted) process.exit();
}

/** `lost` rejects some time after `signal` is aborted, unless `end` is called before; it never resolves. */
function patienceWith(signal: AbortSignal, grace: () => number): { lost: Promise<never>; end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    stop = () => {
      timer = setTimeout(() => reject(signal.reason), grace());
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  return {
    lost,
    end() {
      signal.removeEventListener("abort", stop);
      clearTimeout(timer);
    },
  };
}
