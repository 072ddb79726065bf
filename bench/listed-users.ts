import { readFileSync, writeFileSync } from "node:fs";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { HOME_REGION } from "../lab/account";
import type { Lab } from "../lab/lab";

/** Makes so many users in the lab and lists them in the containment stack's file. @returns their names */
export async function listUsers(lab: Lab, number: number): Promise<string[]> {
  const users = Array.from({ length: number }, (_, index) => `user-${index}`);
  const iam = operatorClient(lab);
  for (const UserName of users) await iam.send(new CreateUserCommand({ UserName }));
  iam.destroy();
  const entries = users.map(
    (user) =>
      `\n    - user: ${user}\n      reason: bench\n      ticket: INC-1\n      owner: bench\n      since: "2026-01-01T00:00:00Z"`,
  );
  const file = lab.workspace.stackFile("containment");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("cordon:blockList: []", `cordon:blockList:${entries.join("")}`));
  return users;
}

/** IAM as the lab's operator. */
export function operatorClient({ gateway, account }: Lab): IAMClient {
  return new IAMClient({ endpoint: gateway.endpoint, region: HOME_REGION, credentials: account.operator });
}
