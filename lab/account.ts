import type { Credentials } from "./credentials";
import { HOME_REGION, TRAIL_LOG_GROUP } from "./gateway/trail/where";
import { findText, parseXml } from "./gateway/xml";
import { actIam, actLogs, type MotoAddress, type Reply } from "./moto/client";

export { HOME_REGION, TRAIL_LOG_GROUP };

/** The account that the lab plays: moto's default. */
export const ACCOUNT_ID = "123456789012";
/** The administrator that the person in the lab works as. */
export const OPERATOR = "operator";

/** An account with enforcement on, in which there is an operator and an empty trail. */
export interface Account {
  accountId: string;
  /** The administrator that the person in the lab works as. */
  operator: Credentials;
}

/**
 * Opens the account of a fresh moto: the operator and the trail's log group. moto enforces from its first call on, so
 * there is no moment in which anybody could act without a signature.
 */
export async function openAccount(moto: MotoAddress): Promise<Account> {
  await done(actIam(moto, "CreateUser", { UserName: OPERATOR }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await done(actIam(moto, "AttachUserPolicy", { UserName: OPERATOR, PolicyArn }));
  const key = parseXml(await done(actIam(moto, "CreateAccessKey", { UserName: OPERATOR })));
  await done(actLogs(moto, HOME_REGION, "CreateLogGroup", { logGroupName: TRAIL_LOG_GROUP }));
  const [accessKeyId, secretAccessKey] = [findText(key, "AccessKeyId"), findText(key, "SecretAccessKey")];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new Error("moto made no access key");
  return { accountId: ACCOUNT_ID, operator: { accessKeyId, secretAccessKey } };
}

async function done(sent: Promise<Reply>): Promise<string> {
  const { status, body } = await sent;
  if (status !== 200) throw new Error(`the lab's account could not be opened: ${status} ${body}`);
  return body.toString();
}
