import { actIam, type MotoAddress, type Reply, send } from "../moto/client";
import { ApiError } from "./api-error";
import type { ApiRequest } from "./api-request";
import type { IamNames, Kind } from "./iam-names";
import { findText, parseXml } from "./xml";

/*
 * How much policy a user, role or group can have, which moto does not limit (IAM User Guide, "IAM and AWS STS quotas"):
 * characters of all its inline policies together, white space aside, and managed policies that are attached to it. Of
 * these, the lab's account has the default. The words are those that people quote of IAM:
 * https://github.com/ministryofjustice/cloud-platform/issues/3121,
 * https://github.com/aws/eks-hybrid/pull/741
 */
const INLINE: Readonly<Record<Kind, number>> = { User: 2048, Role: 10240, Group: 5120 };
const ATTACHED = 10;

/** Calls that need room, by what they name. */
const NEEDS_ROOM: Readonly<Record<string, Kind>> = {
  PutUserPolicy: "User",
  PutRolePolicy: "Role",
  PutGroupPolicy: "Group",
  AttachUserPolicy: "User",
  AttachRolePolicy: "Role",
  AttachGroupPolicy: "Group",
};

/** Lets no entity have more policy than IAM does. */
export class PolicyRoom {
  /** The last call about each entity: they wait for one another, so that none takes the room that another saw. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(
    private readonly moto: MotoAddress,
    private readonly names: IamNames,
  ) {}

  /** moto's answer. @throws ApiError `LimitExceeded` where there is no room */
  call(request: ApiRequest): Promise<Reply> {
    const kind = NEEDS_ROOM[request.operation];
    if (kind === undefined) return this.names.call(request);
    const key = `${kind} ${textOf(request, `${kind}Name`).toLowerCase()}`;
    const before = this.#turns.get(key) ?? Promise.resolve();
    const answer = before.then(() => this.#inTurn(request, kind));
    const turn = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#turns.set(key, turn);
    void turn.then(() => {
      if (this.#turns.get(key) === turn) this.#turns.delete(key);
    });
    return answer;
  }

  async #inTurn(request: ApiRequest, kind: Kind): Promise<Reply> {
    const objection = request.operation.startsWith("Put")
      ? await this.#tooLong(request, kind)
      : await this.#tooMany(request, kind);
    if (objection === undefined) return this.names.call(request);
    const answer = await send(this.moto, request.http, "ask");
    if (answer.status !== 202) return answer; // who may not put it is not told what there is
    throw new ApiError("LimitExceeded", objection, 409);
  }

  async #tooLong(request: ApiRequest, kind: Kind): Promise<string | undefined> {
    const { name, found } = await this.#list(`List${kind}Policies`, request, kind);
    const replaced = textOf(request, "PolicyName");
    let size = sizeOf(textOf(request, "PolicyDocument"));
    for (const [, PolicyName = ""] of found.matchAll(/<member>([^<]*)<\/member>/g)) {
      if (PolicyName === replaced) continue;
      const { body } = await actIam(this.moto, `Get${kind}Policy`, { [`${kind}Name`]: name, PolicyName });
      size += sizeOf(decodeURIComponent(findText(parseXml(body.toString()), "PolicyDocument") ?? ""));
    }
    if (size <= INLINE[kind]) return undefined;
    return `Maximum policy size of ${INLINE[kind]} bytes exceeded for ${kind.toLowerCase()} ${name}`;
  }

  async #tooMany(request: ApiRequest, kind: Kind): Promise<string | undefined> {
    const { found } = await this.#list(`ListAttached${kind}Policies`, request, kind);
    const arns = [...found.matchAll(/<PolicyArn>([^<]*)<\/PolicyArn>/g)].map(([, arn]) => arn);
    if (arns.length < ATTACHED || arns.includes(textOf(request, "PolicyArn"))) return undefined;
    return `Cannot exceed quota for PoliciesPer${kind}: ${ATTACHED}`;
  }

  /** What moto lists of the entity that a call names, in whatever spelling: nothing where there is none. */
  async #list(action: string, request: ApiRequest, kind: Kind): Promise<{ name: string; found: string }> {
    const wanted = textOf(request, `${kind}Name`);
    const ask = (name: string) => actIam(this.moto, action, { [`${kind}Name`]: name, MaxItems: "1000" });
    const first = await ask(wanted);
    if (first.status === 200) return { name: wanted, found: first.body.toString() };
    const name = await this.names.spelling(kind, wanted);
    if (name === undefined) return { name: wanted, found: "" };
    return { name, found: (await ask(name)).body.toString() };
  }
}

/** "IAM doesn't count white space" (same page). */
function sizeOf(document: string): number {
  return document.replace(/\s/g, "").length;
}

function textOf({ parameters }: ApiRequest, name: string): string {
  return String(parameters[name] ?? "");
}
