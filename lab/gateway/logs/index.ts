import type { MotoAddress } from "../../moto/client";
import type { ApiRequest } from "../api-request";
import { filterLogEvents, testMetricFilter } from "./filter-events";
import { LogStore } from "./log-store";
import { Queries } from "./queries";
import { QueryDefinitions } from "./query-definitions";

interface Region {
  definitions: QueryDefinitions;
  queries: Queries;
}

/** What the gateway itself answers of CloudWatch Logs: what moto lacks or only pretends to do. */
export class Logs {
  readonly #store: LogStore;
  readonly #regions = new Map<string, Region>();

  constructor(
    moto: MotoAddress,
    private readonly accountId: string,
    private readonly clock: () => number,
  ) {
    this.#store = new LogStore(moto, accountId);
  }

  /** The operation, or undefined when it is moto's. The caller must have been authorised before it is carried out. */
  operation({ operation, region, parameters }: ApiRequest): (() => object | Promise<object>) | undefined {
    const { definitions, queries } = this.#region(region);
    switch (operation) {
      case "PutQueryDefinition":
        return () => definitions.put(parameters);
      case "DescribeQueryDefinitions":
        return () => definitions.describe(parameters);
      case "DeleteQueryDefinition":
        return () => definitions.delete(parameters);
      case "StartQuery":
        return () => queries.start(parameters);
      case "GetQueryResults":
        return () => queries.results(parameters);
      case "StopQuery":
        return () => queries.stop(parameters);
      case "DescribeQueries":
        return () => queries.describe(parameters);
      case "FilterLogEvents":
        return () => filterLogEvents(this.#store, region, parameters);
      case "TestMetricFilter":
        return () => testMetricFilter(parameters);
      default:
        return undefined;
    }
  }

  #region(name: string): Region {
    let region = this.#regions.get(name);
    if (region === undefined) {
      const queries = new Queries(this.#store, name, this.accountId, this.clock);
      region = { definitions: new QueryDefinitions(this.clock), queries };
      this.#regions.set(name, region);
    }
    return region;
  }
}
