import path from "node:path";
import { denyAllPolicy } from "../../src/model/deny-policy";
import type { Detail } from "./account-details";

/** A block list that names user/mallory and role/deploy. */
export const CONTAINED = path.join(
  __dirname,
  "..",
  "fixtures",
  "cli",
  "contained",
  "Pulumi.containment.yaml",
);

/** The deny of both. */
export const inline = [{ name: "DenyAll", document: denyAllPolicy() }];
/** Both as IAM has them once they are contained. */
export const mallory: Detail = { kind: "User", name: "mallory", inline };
export const deploy: Detail = { kind: "Role", name: "deploy", inline };
