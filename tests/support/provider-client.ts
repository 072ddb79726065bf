import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { AwsProvider } from "../../lab/provider/provider";
import { serve } from "../../lab/provider/server";
import { fromStruct, type Properties, toStruct } from "../../lab/provider/values";

/** A change as the engine would show it. */
export interface ShownDiff {
  changed: boolean;
  detailed: Record<string, string>;
  replaces: string[];
  deleteBeforeReplace: boolean;
}

/** The lab's provider on its port and the engine's side of the wire, in plain values. */
export class ProviderClient {
  private constructor(
    private readonly client: ResourceProviderClient,
    readonly close: () => void,
  ) {}

  static async start(): Promise<ProviderClient> {
    const server = await serve(new AwsProvider());
    const client = new ResourceProviderClient(`127.0.0.1:${server.port}`, grpc.credentials.createInsecure());
    return new ProviderClient(client, () => {
      client.close();
      server.close();
    });
  }

  async configure(args: Properties): Promise<rpc.ConfigureResponse> {
    const request = new rpc.ConfigureRequest().setArgs(toStruct(args));
    return promised((reply) => this.client.configure(request, reply));
  }

  async check(urn: string, news: Properties, olds: Properties = {}) {
    const seed = Buffer.from("0123456789abcdef", "hex");
    const request = new rpc.CheckRequest()
      .setUrn(urn)
      .setNews(toStruct(news))
      .setOlds(toStruct(olds))
      .setRandomseed(seed);
    const response = await promised<rpc.CheckResponse>((reply) => this.client.check(request, reply));
    return {
      inputs: fromStruct(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.toObject()),
    };
  }

  async diff(urn: string, olds: Properties, news: Properties): Promise<ShownDiff> {
    const request = new rpc.DiffRequest().setUrn(urn).setOlds(toStruct(olds)).setNews(toStruct(news));
    const response = await promised<rpc.DiffResponse>((reply) => this.client.diff(request, reply));
    const kinds = Object.entries(rpc.PropertyDiff.Kind);
    const nameOf = (kind: number) => kinds.find(([, value]) => value === kind)?.[0] ?? "";
    const detailed = [...response.getDetaileddiffMap().entries()].map(([path, diff]) => [
      path,
      nameOf(diff.getKind()),
    ]);
    return {
      changed: response.getChanges() === rpc.DiffResponse.DiffChanges.DIFF_SOME,
      detailed: Object.fromEntries(detailed),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(urn: string, inputs: Properties, preview = false) {
    const request = new rpc.CreateRequest().setUrn(urn).setProperties(toStruct(inputs)).setPreview(preview);
    const response = await promised<rpc.CreateResponse>((reply) => this.client.create(request, reply));
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async update(urn: string, id: string, olds: Properties, news: Properties, preview = false) {
    const request = new rpc.UpdateRequest()
      .setUrn(urn)
      .setId(id)
      .setOlds(toStruct(olds))
      .setNews(toStruct(news))
      .setPreview(preview);
    const response = await promised<rpc.UpdateResponse>((reply) => this.client.update(request, reply));
    return fromStruct(response.getProperties());
  }

  async read(urn: string, id: string, state: Properties = {}, inputs: Properties = {}) {
    const request = new rpc.ReadRequest()
      .setUrn(urn)
      .setId(id)
      .setProperties(toStruct(state))
      .setInputs(toStruct(inputs));
    const response = await promised<rpc.ReadResponse>((reply) => this.client.read(request, reply));
    return {
      id: response.getId(),
      outputs: fromStruct(response.getProperties()),
      inputs: fromStruct(response.getInputs()),
    };
  }

  async delete(urn: string, id: string, state: Properties = {}): Promise<void> {
    const request = new rpc.DeleteRequest().setUrn(urn).setId(id).setProperties(toStruct(state));
    await promised<Empty>((reply) => this.client.delete(request, reply));
  }

  async invoke(token: string, args: Properties = {}): Promise<Properties> {
    const request = new rpc.InvokeRequest().setTok(token).setArgs(toStruct(args));
    const response = await promised<rpc.InvokeResponse>((reply) => this.client.invoke(request, reply));
    return fromStruct(response.getReturn());
  }
}

export function urnOf(token: string, name = "thing"): string {
  return `urn:pulumi:containment::cordon::cordon:index:Containment$${token}::${name}`;
}

function promised<T>(
  call: (reply: (error: grpc.ServiceError | null, response: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error === null ? resolve(response) : reject(new Error(error.details))));
  });
}
