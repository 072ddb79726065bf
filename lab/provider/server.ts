import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Change } from "./diff";
import type { AwsProvider } from "./provider";
import { fromStruct, toStruct } from "./values";
import { PROVIDER_VERSION } from "./version";

const { Kind } = rpc.PropertyDiff;
const KINDS = {
  add: { plain: Kind.ADD, replacing: Kind.ADD_REPLACE },
  delete: { plain: Kind.DELETE, replacing: Kind.DELETE_REPLACE },
  update: { plain: Kind.UPDATE, replacing: Kind.UPDATE_REPLACE },
} as const;

/**
 * Puts a provider on a free port of the loopback address. The service itself, not `pulumi.provider.main`, whose helper
 * knows no Configure, no previews and no detailed differences.
 *
 * Secrets stay wrapped in the engine: a provider that does not accept them gets plain values, and the engine marks
 * what comes back by what it sent (pulumi/pulumi, pkg/resource/plugin/provider_plugin.go, annotateSecrets).
 */
export async function serve(provider: AwsProvider): Promise<{ port: number; close(): void }> {
  const server = new grpc.Server();
  server.addService(ResourceProviderService, handlers(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

function handlers(provider: AwsProvider): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(PROVIDER_VERSION)),
    getSchema: unary(() =>
      new rpc.GetSchemaResponse().setSchema(JSON.stringify({ name: "aws", version: PROVIDER_VERSION })),
    ),
    checkConfig: unary((request: rpc.CheckRequest) => new rpc.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(diffConfig),
    configure: unary(async (request: rpc.ConfigureRequest) => {
      await provider.configure(fromStruct(request.getArgs()));
      return new rpc.ConfigureResponse().setSupportspreview(true);
    }),
    check: unary((request: rpc.CheckRequest) => {
      const seed = request.getRandomseed_asU8();
      const { inputs, failures } = provider.check(
        request.getUrn(),
        fromStruct(request.getOlds()),
        fromStruct(request.getNews()),
        seed.length > 0 ? seed : undefined,
      );
      return new rpc.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new rpc.CheckFailure().setProperty(property).setReason(reason),
          ),
        );
    }),
    diff: unary((request: rpc.DiffRequest) => {
      const { changes, deleteBeforeReplace } = provider.diff(
        request.getUrn(),
        fromStruct(request.getOlds()),
        fromStruct(request.getNews()),
      );
      return diffResponse(changes).setDeletebeforereplace(deleteBeforeReplace);
    }),
    create: unary(async (request: rpc.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) {
        return new rpc.CreateResponse().setProperties(
          toStruct(provider.previewCreate(request.getUrn(), inputs)),
        );
      }
      const { id, outputs } = await provider.create(request.getUrn(), inputs);
      return new rpc.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    update: unary(async (request: rpc.UpdateRequest) => {
      const [state, inputs] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const outputs = request.getPreview()
        ? provider.previewUpdate(state, inputs)
        : (await provider.update(target(request), state, inputs)).outputs;
      return new rpc.UpdateResponse().setProperties(toStruct(outputs));
    }),
    read: unary(async (request: rpc.ReadRequest) => {
      const live = await provider.read(
        target(request),
        fromStruct(request.getProperties()),
        fromStruct(request.getInputs()),
      );
      if (live === undefined) return new rpc.ReadResponse();
      return new rpc.ReadResponse()
        .setId(live.id)
        .setProperties(toStruct(live.outputs))
        .setInputs(toStruct(live.inputs));
    }),
    delete: unary(async (request: rpc.DeleteRequest) => {
      await provider.delete(target(request), fromStruct(request.getProperties()));
      return new Empty();
    }),
    invoke: unary(async (request: rpc.InvokeRequest) =>
      new rpc.InvokeResponse().setReturn(
        toStruct(await provider.invoke(request.getTok(), fromStruct(request.getArgs()))),
      ),
    ),
    attach: unary(() => new Empty()),
    // What is under way ends by itself within seconds; the engine stops asking for more.
    cancel: unary(() => new Empty()),
  };
}

function target(request: { getUrn(): string; getId(): string }) {
  return { urn: request.getUrn(), id: request.getId() };
}

/** Another configuration of the provider updates it in place; its resources say themselves what has to be replaced. */
function diffConfig(request: rpc.DiffRequest): rpc.DiffResponse {
  const [olds, news] = [fromStruct(request.getOldInputs()), fromStruct(request.getNews())];
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = keys.filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
  return new rpc.DiffResponse().setChanges(changesFlag(changed.length > 0)).setDiffsList(changed);
}

function diffResponse(changes: Change[]): rpc.DiffResponse {
  const response = new rpc.DiffResponse()
    .setChanges(changesFlag(changes.length > 0))
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    const diff = new rpc.PropertyDiff().setKind(KINDS[kind][replaces ? "replacing" : "plain"]);
    response.getDetaileddiffMap().set(path, diff);
  }
  const properties = (some: Change[]) => [...new Set(some.map((change) => change.property))];
  return response
    .setDiffsList(properties(changes))
    .setReplacesList(properties(changes.filter((change) => change.replaces)));
}

function changesFlag(changed: boolean) {
  return changed ? rpc.DiffResponse.DiffChanges.DIFF_SOME : rpc.DiffResponse.DiffChanges.DIFF_NONE;
}

/** A handler that answers, or fails with the error's text as the status. */
function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return async (call, reply) => {
    try {
      reply(null, await handle(call.request));
    } catch (error) {
      reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
}
