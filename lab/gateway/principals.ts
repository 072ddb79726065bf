import { actIam, type MotoAddress } from "../moto/client";
import { findText, parseXml } from "./xml";

/** Who a call's access key belongs to. */
export type Principal = UserPrincipal | SessionPrincipal;

export interface UserPrincipal {
  type: "IAMUser";
  arn: string;
  /** `AIDA...` */
  principalId: string;
  userName: string;
  /** A key that is set inactive signs nothing. moto does not look at that. */
  active: boolean;
}

export interface SessionPrincipal {
  type: "AssumedRole";
  arn: string;
  /** `AROA...:session` */
  principalId: string;
  role: { arn: string; roleId: string; roleName: string };
  /** When the session began, in milliseconds. */
  since: number;
  /** When it ends, in milliseconds. moto lets it go on. */
  until: number;
}

/** Knows the caller behind each access key: users from IAM, sessions from the AssumeRole that made them. */
export class Principals {
  readonly #sessions = new Map<string, SessionPrincipal>();
  #users = new Map<string, UserPrincipal | undefined>();

  constructor(private readonly moto: MotoAddress) {}

  /** The caller, or undefined for a key that nobody has (any more). */
  async find(accessKeyId: string): Promise<Principal | undefined> {
    const session = this.#sessions.get(accessKeyId);
    if (session !== undefined) return session;
    const known = this.#users;
    if (known.has(accessKeyId)) return known.get(accessKeyId);
    const user = await this.#readUser(accessKeyId);
    known.set(accessKeyId, user); // of no effect when something changed meanwhile: then `known` is no longer used
    return user;
  }

  addSession(accessKeyId: string, session: SessionPrincipal): void {
    this.#sessions.set(accessKeyId, session);
  }

  /** To be said after each change in IAM: users are read again. */
  forgetUsers(): void {
    this.#users = new Map();
  }

  /** Whether the role behind a session is still there: the same one, not another of that name. */
  async roleExists({ role }: SessionPrincipal): Promise<boolean> {
    const reply = await actIam(this.moto, "GetRole", { RoleName: role.roleName });
    return findText(parseXml(reply.body.toString()), "RoleId") === role.roleId;
  }

  async #readUser(accessKeyId: string): Promise<UserPrincipal | undefined> {
    const used = await actIam(this.moto, "GetAccessKeyLastUsed", { AccessKeyId: accessKeyId });
    const UserName = findText(parseXml(used.body.toString()), "UserName");
    if (used.status !== 200 || UserName === undefined) return undefined;
    const user = parseXml((await actIam(this.moto, "GetUser", { UserName })).body.toString());
    const keys = (await actIam(this.moto, "ListAccessKeys", { UserName })).body.toString();
    const [arn, principalId] = [findText(user, "Arn"), findText(user, "UserId")];
    if (arn === undefined || principalId === undefined) return undefined;
    return { type: "IAMUser", arn, principalId, userName: UserName, active: isActive(keys, accessKeyId) };
  }
}

function isActive(keys: string, accessKeyId: string): boolean {
  const members = keys.match(/<member>[\s\S]*?<\/member>/g) ?? [];
  const own = members.find((member) => member.includes(`<AccessKeyId>${accessKeyId}<`));
  return own !== undefined && findText(parseXml(own), "Status") === "Active";
}
