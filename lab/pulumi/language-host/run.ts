import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { type RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";

/** The runner's exit code for "the error has been shown to the user" (@pulumi/pulumi, cmd/run/index.js). */
const ALREADY_SHOWN = 32;

/** `runtime.options` in Pulumi.yaml, as the official language host knows them. */
interface RuntimeOptions {
  typescript?: boolean;
  tsconfig?: string;
  nodeargs?: string;
}

/** Runs programs, one for each request, with the runner that ships in the program's own @pulumi/pulumi. */
export class ProgramRunner {
  private readonly programs = new Set<ChildProcess>();

  /** @param engine - address of the engine, for the program's logs. */
  constructor(private readonly engine: string) {}

  async run(request: RunRequest): Promise<RunResponse> {
    const program = spawn(process.execPath, programArguments(request, this.engine), {
      env: { ...process.env, ...programEnvironment(request) },
      // What it prints is ours, which the engine shows. Its standard input ends when we do.
      stdio: ["pipe", "inherit", "inherit"],
    });
    this.programs.add(program);
    try {
      const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
        program.once("error", reject).once("close", (...end) => resolve(end));
      });
      if (code === 0) return new RunResponse();
      if (code === ALREADY_SHOWN) return new RunResponse().setBail(true);
      return new RunResponse().setError(`the program ended with ${signal ?? `exit code ${code}`}`);
    } finally {
      this.programs.delete(program);
    }
  }

  cancel(): void {
    for (const program of this.programs) program.kill();
  }
}

function programArguments(request: RunRequest, engine: string): string[] {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: request.getPwd(),
    parallel: request.getParallel(),
  };
  const fromProgram = createRequire(path.join(info?.getProgramDirectory() ?? request.getPwd(), "_"));
  return [
    ...words(optionsOf(request).nodeargs ?? ""),
    "--require",
    path.join(__dirname, "preload.js"),
    fromProgram.resolve("@pulumi/pulumi/cmd/run"),
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || ".",
    ...request.getArgsList(),
  ];
}

function programEnvironment(request: RunRequest): NodeJS.ProcessEnv {
  const { typescript = true, tsconfig } = optionsOf(request);
  return {
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
    ...(tsconfig !== undefined && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function optionsOf(request: RunRequest): RuntimeOptions {
  return request.getInfo()?.getOptions()?.toJavaScript() ?? {};
}

/** Splits as a shell would: at spaces, but not within quotes. */
function words(text: string): string[] {
  return (text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replaceAll(/["']/g, ""));
}
