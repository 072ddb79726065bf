import type { CloudWatchLogsClient, QueryDefinition } from "@aws-sdk/client-cloudwatch-logs";
import { CordonError } from "../model/error";
import { callAws } from "./errors";
import { POLLING, patiently } from "./patience";

/** A saved query. Its id identifies it: names are not unique. */
export interface SavedQuery {
  id: string;
  /** With its console folders: `Incident Response/Triage/IAM access key`. */
  name: string;
  query: string;
  logGroups: string[];
  /** Milliseconds since the epoch. */
  lastModified?: number;
}

/** Times in seconds are below this until the year 5138, times in milliseconds above it since 1973. */
const SECONDS_BELOW = 100_000_000_000;
const TRIES = 8;

/** DescribeQueryDefinitions, all pages, sorted by name, then id. @throws CordonError */
export async function listSavedQueries(
  client: CloudWatchLogsClient,
  { namePrefix }: { namePrefix?: string | undefined } = {},
): Promise<SavedQuery[]> {
  const { DescribeQueryDefinitionsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const found: SavedQuery[] = [];
  let nextToken: string | undefined;
  do {
    const command = new DescribeQueryDefinitionsCommand({
      ...(namePrefix && { queryDefinitionNamePrefix: namePrefix }),
      ...(nextToken && { nextToken }),
    });
    const page = await callAws("logs:DescribeQueryDefinitions", () =>
      patiently(() => client.send(command), { pace: POLLING, tries: TRIES }),
    );
    found.push(...(page.queryDefinitions ?? []).map(savedQuery));
    nextToken = page.nextToken;
  } while (nextToken);
  return found.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
}

/** DeleteQueryDefinition. @throws CordonError, also when there is no such saved query. */
export async function deleteSavedQuery(client: CloudWatchLogsClient, id: string): Promise<void> {
  const { DeleteQueryDefinitionCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  const { success } = await callAws("logs:DeleteQueryDefinition", () =>
    patiently(() => client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId: id })), {
      pace: POLLING,
      tries: TRIES,
    }),
  );
  if (success) return;
  throw new CordonError({
    code: "saved-query-not-deleted",
    message: `logs:DeleteQueryDefinition: AWS did not delete the saved query ${id}, and gives no reason`,
  });
}

function savedQuery(definition: QueryDefinition): SavedQuery {
  const {
    queryDefinitionId = "",
    name = "",
    queryString = "",
    logGroupNames = [],
    lastModified,
  } = definition;
  return {
    id: queryDefinitionId,
    name,
    query: queryString,
    logGroups: logGroupNames,
    // The API's own example is in seconds, the service answers in milliseconds.
    ...(lastModified !== undefined && {
      lastModified: lastModified < SECONDS_BELOW ? lastModified * 1000 : lastModified,
    }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
