import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import type { ProviderConfig } from "./config";

/** AWS as a configured provider reaches it. */
export interface Clients {
  /** The provider's region. */
  region: string;
  iam: IAMClient;
  sts: STSClient;
  /** CloudWatch Logs in a region, the provider's by default. */
  logs(region?: string): CloudWatchLogsClient;
}

export function createClients({ region, endpoints, credentials }: ProviderConfig): Clients {
  const common = { region, maxAttempts: 3, ...(credentials && { credentials }) };
  const logs = new Map<string, CloudWatchLogsClient>();
  return {
    region,
    iam: new IAMClient({ ...common, endpoint: endpoints.iam }),
    sts: new STSClient({ ...common, endpoint: endpoints.sts }),
    logs: (own = region) => {
      const client =
        logs.get(own) ?? new CloudWatchLogsClient({ ...common, region: own, endpoint: endpoints.logs });
      logs.set(own, client);
      return client;
    },
  };
}
