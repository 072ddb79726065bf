import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { described } from "./aws-error";
import { checkInputs, type Failure } from "./check";
import { type Clients, createClients } from "./clients";
import { readConfig } from "./config";
import { type Difference, difference } from "./diff";
import { FUNCTIONS } from "./functions";
import type { Live, Resource } from "./resource";
import { RESOURCES } from "./resources";
import { type Properties, UNKNOWN } from "./values";

/** A resource as the engine names it. */
export interface Target {
  urn: string;
  id: string;
}

/** The lab's `aws` provider, without the wire. Every method fails with an Error whose text the user sees. */
export class AwsProvider {
  private clients: Clients | undefined;

  /** @throws Error for options that it cannot honour, an account that is not allowed, or refused credentials. */
  async configure(args: Properties, environment: NodeJS.ProcessEnv = process.env): Promise<void> {
    const config = readConfig(args, environment);
    const clients = createClients(config);
    const { allowedAccountIds: allowed, forbiddenAccountIds: forbidden } = config;
    if (!config.skipCredentialsValidation || allowed.length > 0 || forbidden.length > 0) {
      const { Account = "" } = await clients.sts.send(new GetCallerIdentityCommand({})).catch((error) => {
        throw new Error(
          `unable to validate AWS credentials. Details: ${described(error, "STS: GetCallerIdentity")}`,
        );
      });
      if (forbidden.includes(Account) || (allowed.length > 0 && !allowed.includes(Account))) {
        throw new Error(`AWS account ID not allowed: ${Account}`);
      }
    }
    this.clients = clients;
  }

  check(
    urn: string,
    olds: Properties,
    news: Properties,
    seed?: Uint8Array,
  ): { inputs: Properties; failures: Failure[] } {
    return checkInputs(resourceOf(urn), nameOf(urn), olds, news, seed);
  }

  diff(urn: string, state: Properties, inputs: Properties): Difference {
    return difference(resourceOf(urn), state, inputs);
  }

  /** What a create will give, as far as it is known before. */
  previewCreate(urn: string, inputs: Properties): Properties {
    const unknown = resourceOf(urn).unknownOutputs(inputs);
    return { ...withoutInternal(inputs), ...Object.fromEntries(unknown.map((key) => [key, UNKNOWN])) };
  }

  previewUpdate(state: Properties, inputs: Properties): Properties {
    return { ...state, ...withoutInternal(inputs) };
  }

  create(urn: string, inputs: Properties): Promise<Live> {
    return this.during(`creating ${urn}`, (aws) => resourceOf(urn).create(aws, inputs));
  }

  update({ urn, id }: Target, state: Properties, inputs: Properties): Promise<Live> {
    return this.during(`updating ${urn}`, (aws) => resourceOf(urn).update(aws, id, inputs, state));
  }

  /**
   * @param inputs - what the program last said, empty for an import. A refresh gives back only those, as the bridge
   * does, so that a value which AWS filled in does not become an input.
   */
  async read({ urn, id }: Target, state: Properties, inputs: Properties): Promise<Live | undefined> {
    const live = await this.during(`reading ${urn}`, (aws) => resourceOf(urn).read(aws, id, state));
    if (live === undefined) return undefined;
    if (Object.keys(inputs).length === 0) return { ...live, inputs: { ...live.inputs, __defaults: [] } };
    const kept = Object.keys(inputs).map((key) => [
      key,
      key.startsWith("__") ? inputs[key] : live.inputs[key],
    ]);
    return { ...live, inputs: Object.fromEntries(kept) };
  }

  delete({ urn, id }: Target, state: Properties): Promise<void> {
    return this.during(`deleting ${urn}`, (aws) => resourceOf(urn).delete(aws, id, state));
  }

  invoke(token: string, args: Properties): Promise<Properties> {
    const call = FUNCTIONS[token];
    if (call === undefined) throw new Error(unknown("function", token, FUNCTIONS));
    return this.during(`invoking ${token}`, (aws) => call(aws, args));
  }

  /** Failures look as the Terraform bridge's: `creating urn:...: 1 error occurred:` and the reason on a line of its own. */
  private async during<T>(doing: string, call: (aws: Clients) => Promise<T>): Promise<T> {
    if (this.clients === undefined) throw new Error("the lab's aws provider was not configured");
    try {
      return await call(this.clients);
    } catch (error) {
      throw new Error(
        `${doing}: 1 error occurred:\n\t* ${error instanceof Error ? error.message : error}\n\n`,
      );
    }
  }
}

/** The token is the last of the types in `urn:pulumi:stack::project::parent$type::name`. */
function resourceOf(urn: string): Resource {
  const token = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const resource = RESOURCES[token];
  if (resource === undefined) throw new Error(unknown("resource type", token, RESOURCES));
  return resource;
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function withoutInternal(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}

function unknown(what: string, token: string, served: object): string {
  return `the lab's aws provider does not serve the ${what} ${token}; it serves ${Object.keys(served).join(", ")}`;
}
