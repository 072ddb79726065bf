import * as pulumi from "@pulumi/pulumi";
import { stackFiles } from "../src/library/stack-files";
import type { Place } from "../src/model/error";
import { listedElsewhere } from "../src/model/listed-elsewhere";
import type { ContainmentStack } from "../src/model/stack-config";
import { stackFolder } from "./stack-input";

/** Where the stack files beside this one list entities of the same account, by `entityKey`. */
export async function listedBeside(stack: ContainmentStack): Promise<ReadonlyMap<string, Place>> {
  const { elsewhere, unreadable } = listedElsewhere(stack, stackFiles(stackFolder()));
  for (const name of unreadable) {
    await pulumi.log.warn(`${name} cannot be read: whether it lists the same entities is not known`);
  }
  return elsewhere;
}
