import type { Credentials } from "./credentials";

/** The account that the lab plays: moto's default. */
export const ACCOUNT_ID = "123456789012";
/** Where the trail's log group is, and the region of whoever names none. */
export const HOME_REGION = "us-east-1";
/** The log group that AWS's console proposes for a trail. */
export const TRAIL_LOG_GROUP = "CloudTrail/DefaultLogGroup";

/** An empty account with enforcement on. */
export interface Account {
  accountId: string;
  /** The administrator that the person in the lab works as. */
  operator: Credentials;
  /** A session of the lab's service-linked role: what the gateway itself reads and writes with. */
  service: Credentials;
}

/** Empties moto, makes the operator, the gateway's role and the trail's log group, and turns enforcement on. */
export async function openAccount(_moto: { endpoint: string }): Promise<Account> {
  throw new Error("being written");
}
