import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";

/** A saved query. Its id identifies it: names are not unique. */
export interface SavedQuery {
  id: string;
  /** With its console folders: `Incident Response/Triage/IAM access key`. */
  name: string;
  query: string;
  logGroups: string[];
  /** As the service gives it, in milliseconds since the epoch. */
  lastModified?: number;
}

/** DescribeQueryDefinitions, all pages, sorted by name, then id. @throws CordonError */
export async function listSavedQueries(
  _client: CloudWatchLogsClient,
  _options: { namePrefix?: string | undefined } = {},
): Promise<SavedQuery[]> {
  throw new Error("listSavedQueries: body follows");
}

/** DeleteQueryDefinition. @throws CordonError, also when there is no such saved query. */
export async function deleteSavedQuery(_client: CloudWatchLogsClient, _id: string): Promise<void> {
  throw new Error("deleteSavedQuery: body follows");
}
