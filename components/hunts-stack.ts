import type * as pulumi from "@pulumi/pulumi";
import { loadLibrary } from "../src/library";
import { savedQueries } from "../src/model/saved-query";
import type { HuntsStack } from "../src/model/stack-config";
import { HuntLibrary } from "./hunt-library";

export interface HuntsStackOutputs {
  /** The saved queries' ids by the hunts' ids. */
  savedQueries: pulumi.Output<Record<string, string>>;
}

/**
 * What a hunts stack does.
 *
 * @param root the folder that holds `runbooks/`.
 * @throws CordonError before anything is registered.
 */
export function saveHunts(stack: HuntsStack, root: string): HuntsStackOutputs {
  const queries = savedQueries(stack, loadLibrary(root).hunts);
  const { queryIds } = new HuntLibrary("hunts", { queries, logGroupNames: stack.logGroups });
  return { savedQueries: queryIds };
}
