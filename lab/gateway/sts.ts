import { actIam, type MotoAddress, type Reply, send } from "../moto/client";
import { ApiError } from "./api-error";
import type { ApiRequest } from "./api-request";
import type { Principals } from "./principals";
import { findText, parseXml } from "./xml";

/** How long a session lasts when nobody says (API_AssumeRole, DurationSeconds). */
const SESSION_SECONDS = 3600;

/**
 * Carries AssumeRole out and remembers whose session it began. moto also lets roles be assumed that are not there, and
 * takes session policies without heeding them: those are refused.
 */
export async function assumeRole(
  moto: MotoAddress,
  principals: Principals,
  request: ApiRequest,
  caller: string,
  now: number,
): Promise<Reply> {
  if (Object.keys(request.parameters).some((name) => name.startsWith("Policy"))) {
    throw new ApiError("ValidationError", "The lab does not play session policies.");
  }
  const wanted = String(request.parameters.RoleArn ?? "");
  const RoleName = wanted.split("/").at(-1) ?? "";
  const role = parseXml((await actIam(moto, "GetRole", { RoleName })).body.toString());
  if (findText(role, "Arn") !== wanted) {
    const asked = await send(moto, request.http, "ask");
    if (asked.status !== 202) return asked;
    throw new ApiError("AccessDenied", assumeDenied(caller, wanted), 403);
  }
  const reply = await send(moto, request.http, "forward");
  if (reply.status !== 200) return reply;
  const answer = parseXml(reply.body.toString());
  const read = (name: string) => findText(answer, name) ?? "";
  principals.addSession(read("AccessKeyId"), {
    type: "AssumedRole",
    arn: read("Arn"),
    principalId: read("AssumedRoleId"),
    role: { arn: wanted, roleId: findText(role, "RoleId") ?? "", roleName: RoleName },
    since: now,
    until: now + Number(request.parameters.DurationSeconds ?? SESSION_SECONDS) * 1000,
  });
  // AWS says this of sessions with a policy alone.
  const body = reply.body.toString().replace(/<PackedPolicySize>\d*<\/PackedPolicySize>/, "");
  return { ...reply, body: Buffer.from(body) };
}

/** AWS names the role in the message; CloudTrail has it nowhere else, since a denied call is recorded without parameters. */
export function assumeDenied(caller: string, roleArn: string): string {
  return `User: ${caller} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
}
