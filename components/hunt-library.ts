import { QueryDefinition } from "@pulumi/aws/cloudwatch/queryDefinition";
import * as pulumi from "@pulumi/pulumi";
import type { SavedQuery } from "../src/model/saved-query";

/**
 * @example
 * The whole library for one log group:
 * ```ts
 * const { hunts } = loadLibrary(root);
 * new HuntLibrary("hunts", {
 *   queries: savedQueries({ logGroups: [], parameters: {} }, hunts),
 *   logGroupNames: ["CloudTrail/DefaultLogGroup"],
 * });
 * ```
 */
export interface HuntLibraryArgs {
  /** What to save, from `savedQueries`, which checks names and lengths. Each hunt once. */
  queries: readonly SavedQuery[];
  /** The log groups that the console offers with each query. Their order does not matter. */
  logGroupNames: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Hunts as saved queries of the CloudWatch console, one `aws.cloudwatch.QueryDefinition` each, in folders by tactic.
 * Children are called after the hunt's id, so that a new title or text changes the saved query in place.
 */
export class HuntLibrary extends pulumi.ComponentResource {
  /** The saved queries' ids by the hunts' ids. */
  readonly queryIds: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: HuntLibraryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cordon:index:HuntLibrary", name, {}, opts);

    // The provider compares the groups as a list: another order would be a change.
    const logGroupNames = pulumi.output(args.logGroupNames).apply((names) => [...names].sort());
    const ids = args.queries.map(({ id, name: queryName, queryString }): [string, pulumi.Output<string>] => {
      const definition = new QueryDefinition(
        `${name}-${id}`,
        { name: queryName, queryString, logGroupNames },
        { parent: this },
      );
      return [id, definition.queryDefinitionId];
    });

    this.queryIds = pulumi.output(Object.fromEntries(ids));
    this.registerOutputs({ queryIds: this.queryIds });
  }
}
