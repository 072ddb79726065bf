import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  LogSeverity,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  RegisterResourceResponse,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { parse } from "yaml";
import type { Functions } from "./pulumi-mocks";

const ROOT = path.resolve(__dirname, "../..");

export interface EngineOptions {
  /** Folder that holds the stack's file. */
  projectDir: string;
  stack: string;
  config: Record<string, string>;
  functions: Functions;
  lastOutputs?: Record<string, unknown>;
  preview?: boolean;
  /** Types that fail to be registered. */
  failing?: string[];
}

export interface EngineRun {
  code: number | null;
  /** Whether the program said that it is complete: the engine deletes what was not registered from here on. */
  complete: boolean;
  registered: { type: string; name: string; inputs: unknown; deleteBeforeReplace: boolean | undefined }[];
  /** The outputs of the stack. */
  outputs: unknown;
  warnings: string[];
  infos: string[];
  errors: string[];
  printed: string;
  milliseconds: number;
}

/** An answer with a gRPC status of its own, as from an engine that is going away. */
export class Unavailable extends Error {
  readonly code = grpc.status.UNAVAILABLE;
}

/**
 * Runs the project's real `index.ts` as `pulumi preview|up` does, with the runner of @pulumi/pulumi and the options of
 * Pulumi.yaml, against an engine that accepts everything: no CLI, no plug-ins, no state. It shows what the program
 * registers and prints, not what Pulumi makes of it. The protocol's modules are internal to @pulumi/pulumi.
 */
export async function runIndex(options: EngineOptions): Promise<EngineRun> {
  const run: EngineRun = {
    code: null,
    complete: false,
    registered: [],
    outputs: undefined,
    warnings: [],
    infos: [],
    errors: [],
    printed: "",
    milliseconds: 0,
  };
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, monitor(run, options));
  server.addService(EngineService, engine(run));
  const address = await new Promise<string>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(`127.0.0.1:${port}`) : reject(error),
    );
  });
  try {
    const started = performance.now();
    run.code = await runNode(address, options, (text) => {
      run.printed += text;
    });
    run.milliseconds = performance.now() - started;
  } finally {
    server.forceShutdown();
  }
  return run;
}

function monitor(run: EngineRun, options: EngineOptions): grpc.UntypedServiceImplementation {
  const urn = (type: string, name: string) => `urn:pulumi:${options.stack}::cordon::${type}::${name}`;
  return {
    supportsFeature: unary(() => new SupportsFeatureResponse().setHassupport(true)),
    registerResource: unary((request: RegisterResourceRequest) => {
      const [type, name] = [request.getType(), request.getName()];
      if (options.failing?.includes(type)) throw new Error(`${name} cannot be made`);
      const inputs = request.getObject() ?? new Struct();
      if (type !== "pulumi:pulumi:Stack") {
        const deleteBeforeReplace = request.getDeletebeforereplacedefined()
          ? request.getDeletebeforereplace()
          : undefined;
        run.registered.push({ type, name, inputs: inputs.toJavaScript(), deleteBeforeReplace });
      }
      return new RegisterResourceResponse()
        .setUrn(urn(type, name))
        .setId(request.getCustom() && !options.preview ? `${name}-id` : "")
        .setObject(inputs);
    }),
    registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => {
      if (request.getUrn().includes("::pulumi:pulumi:Stack::"))
        run.outputs = request.getOutputs()?.toJavaScript();
      return new Empty();
    }),
    readResource: unary((request: ReadResourceRequest) => {
      const properties = { name: request.getId(), outputs: options.lastOutputs ?? {}, secretOutputNames: [] };
      return new ReadResourceResponse()
        .setUrn(urn(request.getType(), request.getName()))
        .setProperties(Struct.fromJavaScript(properties as never));
    }),
    invoke: unary((request: ResourceInvokeRequest) => {
      const inputs = (request.getArgs()?.toJavaScript() ?? {}) as Record<string, string>;
      const answer = options.functions[request.getTok()];
      if (answer === undefined) throw new Error(`unexpected call of ${request.getTok()}`);
      return new InvokeResponse().setReturn(Struct.fromJavaScript(answer(inputs) as never));
    }),
    signalAndWaitForShutdown: unary(() => {
      run.complete = true;
      return new Empty();
    }),
  };
}

function engine(run: EngineRun): grpc.UntypedServiceImplementation {
  return {
    log: unary((request: LogRequest) => {
      if (request.getSeverity() === LogSeverity.INFO) run.infos.push(request.getMessage());
      if (request.getSeverity() === LogSeverity.WARNING) run.warnings.push(request.getMessage());
      if (request.getSeverity() === LogSeverity.ERROR) run.errors.push(request.getMessage());
      return new Empty();
    }),
    getRootResource: unary(() => new GetRootResourceResponse()),
    setRootResource: unary(() => new SetRootResourceResponse()),
  };
}

function unary<Request, Response>(
  answer: (request: Request) => Response,
): grpc.handleUnaryCall<Request, Response> {
  return ({ request }, reply) => {
    try {
      reply(null, answer(request));
    } catch (error) {
      const code = error instanceof Unavailable ? error.code : grpc.status.UNKNOWN;
      reply({ code, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

async function runNode(
  address: string,
  options: EngineOptions,
  print: (text: string) => void,
): Promise<number | null> {
  const runtime: { options: { tsconfig: string } } = parse(
    readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8"),
  ).runtime;
  const flags = {
    monitor: address,
    engine: address,
    organization: "organization",
    project: "cordon",
    "root-directory": options.projectDir,
    stack: options.stack,
    pwd: ROOT,
    parallel: 16,
  };
  const program = spawn(
    process.execPath,
    [
      require.resolve("@pulumi/pulumi/cmd/run"),
      ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
      ...(options.preview ? ["--dry-run"] : []),
      ".",
    ],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        // Whichever AWS the test has put up.
        ...Object.fromEntries(Object.entries(process.env).filter(([key]) => key.startsWith("AWS_"))),
        NODE_ENV: "",
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_NODEJS_TSCONFIG_PATH: runtime.options.tsconfig,
        PULUMI_CONFIG: JSON.stringify(options.config),
        PULUMI_CONFIG_SECRET_KEYS: "[]",
      },
    },
  );
  program.stdout.on("data", (chunk) => print(String(chunk)));
  program.stderr.on("data", (chunk) => print(String(chunk)));
  return new Promise((resolve, reject) => {
    program.once("error", reject).once("close", (code) => resolve(code));
  });
}
