/**
 * A nodejs language host for Pulumi, where the official one does not stand beside the CLI. The engine starts it with
 * its own address, reads the port from the first line of standard output and asks for programs to be run
 * (pulumi/pulumi, proto/pulumi/language.proto). Whatever else a language host can do is answered "not implemented",
 * which the engine takes.
 */
import * as grpc from "@grpc/grpc-js";
import { version } from "@pulumi/pulumi/package.json";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutResponse,
  GetRequiredPackagesResponse,
  type RunRequest,
  type RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { dieWithParent } from "../parent";
import { ProgramRunner } from "./run";

dieWithParent();
const programs = new ProgramRunner(process.argv.at(-1) ?? "");

const run: grpc.handleUnaryCall<RunRequest, RunResponse> = (call, reply) => {
  programs.run(call.request).then(
    (response) => reply(null, response),
    (error) => reply({ code: grpc.status.UNKNOWN, details: String(error) }),
  );
};

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
  about: answer(() => new AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  // None beforehand: each resource that a program registers names the provider and release that it wants.
  getRequiredPackages: answer(() => new GetRequiredPackagesResponse()),
  run,
  cancel: answer(() => {
    programs.cancel();
    return new Empty();
  }),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(port);
});

function answer<Response>(make: () => Response): grpc.handleUnaryCall<unknown, Response> {
  return (_call, reply) => reply(null, make());
}
