import { actIam, type MotoAddress, type Reply, send } from "../moto/client";
import { ApiError } from "./api-error";
import type { ApiRequest } from "./api-request";
import { motoError } from "./moto-reply";

/*
 * Names of users, groups and roles are unique without regard to case (IAM User Guide, "IAM and AWS STS quotas", name
 * requirements). moto tells `Mallory` and `mallory` apart. So here: creating a second spelling is EntityAlreadyExists,
 * and naming an entity in another spelling finds it, as IAM does; its answer has the name as it was created.
 * Role ARNs in AssumeRole are compared as they are written.
 */

/** What IAM names. */
export type Kind = "User" | "Group" | "Role";

/** Parameters that name an entity, and which kind. */
const NAMING: Readonly<Record<string, Kind>> = {
  UserName: "User",
  NewUserName: "User",
  GroupName: "Group",
  NewGroupName: "Group",
  RoleName: "Role",
};
/** Operations that give a name, and the parameter that holds it. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  CreateUser: "UserName",
  CreateGroup: "GroupName",
  CreateRole: "RoleName",
  UpdateUser: "NewUserName",
  UpdateGroup: "NewGroupName",
};

/** Carries IAM calls out, with IAM's idea of a name. */
export class IamNames {
  /** Calls that give a name wait for one another: between look and create nobody else creates. */
  #giving: Promise<unknown> = Promise.resolve();

  constructor(private readonly moto: MotoAddress) {}

  /** moto's answer. @throws ApiError */
  call(request: ApiRequest): Promise<Reply> {
    if (NEW_NAMES[request.operation] === undefined) return this.#find(request);
    const turn = this.#giving.then(() => this.#give(request));
    this.#giving = turn.catch(() => undefined);
    return turn;
  }

  async #give(request: ApiRequest): Promise<Reply> {
    const parameter = NEW_NAMES[request.operation] ?? "";
    const wanted = text(request.parameters[parameter]);
    const kind = NAMING[parameter];
    if (wanted === undefined || kind === undefined) return this.#find(request);
    const renamed = parameter.startsWith("New") ? text(request.parameters[parameter.slice(3)]) : undefined;
    const taken = await this.spelling(kind, wanted);
    if (taken === undefined || taken === wanted || same(taken, renamed)) return this.#find(request);
    const answer = await send(this.moto, request.http, "ask");
    if (answer.status !== 202) return answer; // who may not create is not told what there is
    throw new ApiError("EntityAlreadyExists", `${kind} with name ${wanted} already exists.`, 409);
  }

  /** Sends the call as it is; when it names nobody, once more with the spelling that exists. */
  async #find(request: ApiRequest): Promise<Reply> {
    const answer = await send(this.moto, request.http, "forward");
    if (answer.status !== 404 || motoError(answer)?.code !== "NoSuchEntity") return answer;
    const parameters: Record<string, string> = {};
    let found = false;
    for (const [name, value] of Object.entries(request.parameters)) {
      const kind = name.startsWith("New") ? undefined : NAMING[name];
      const wanted = String(value);
      const spelling = kind && (await this.spelling(kind, wanted));
      parameters[name] = spelling ?? wanted;
      found ||= spelling !== undefined && spelling !== wanted;
    }
    if (!found) return answer;
    // NoSuchEntity was said after the caller was allowed to ask; the lab repeats the question in its own name.
    const body = Buffer.from(new URLSearchParams({ Action: request.operation, ...parameters }).toString());
    return send(this.moto, { ...request.http, body }, "act");
  }

  /** How the entity of that name is spelt, or undefined when there is none. */
  async spelling(kind: Kind, wanted: string): Promise<string | undefined> {
    let marker: string | undefined;
    do {
      const page = await actIam(this.moto, `List${kind}s`, {
        MaxItems: "1000",
        ...(marker && { Marker: marker }),
      });
      const xml = page.body.toString();
      for (const [, name] of xml.matchAll(new RegExp(`<${kind}Name>([^<]*)</${kind}Name>`, "g"))) {
        if (same(name, wanted)) return name;
      }
      marker = /<Marker>([^<]+)<\/Marker>/.exec(xml)?.[1];
    } while (marker !== undefined);
    return undefined;
  }
}

function same(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.toLowerCase() === other.toLowerCase();
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
