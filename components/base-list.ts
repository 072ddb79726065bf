import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { findBase, listInBase } from "../src/git/base";
import type { Entity } from "../src/model/entity";
import { stackFolder } from "./stack-input";

/**
 * Whom the stack's file lists in the commit that `CORDON_BASE` names: they count as applied. Nobody where it is not set:
 * then only what the last run let through does, since who runs pulumi by hand has nobody's review to rely on.
 *
 * @param file the stack's file, as it is called in its folder.
 * @throws CordonError when there is no such commit.
 */
export async function baseList(file: string): Promise<Entity[]> {
  const ref = process.env.CORDON_BASE;
  if (!ref) return [];
  const list = await listInBase(path.join(stackFolder(), file), await findBase(stackFolder(), ref));
  if (list.state === "read") return list.listed;
  await pulumi.log.warn(`CORDON_BASE ${ref} says nobody to be applied: ${list.reason}`);
  return [];
}
