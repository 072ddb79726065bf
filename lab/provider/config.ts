import { isObject, type Properties, withoutSecrets } from "./values";

/** The services that the provider calls, and what the SDKs call their endpoint variables. */
const SERVICES = { iam: "IAM", sts: "STS", logs: "CLOUDWATCH_LOGS" } as const;
type Service = keyof typeof SERVICES;

/** A provider's configuration, explicit or from the stack's `aws:` keys, checked. */
export interface ProviderConfig {
  region: string;
  endpoints: Record<Service, string>;
  /** `undefined` = as the SDK finds them, in the lab from the environment. */
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | undefined;
  allowedAccountIds: string[];
  forbiddenAccountIds: string[];
  skipCredentialsValidation: boolean;
}

/** Options that change nothing in the lab: they are for services, resources or networks that it does not have. */
const WITHOUT_EFFECT = new Set([
  ...["defaultTags", "ignoreTags", "maxRetries", "retryMode", "tokenBucketRateLimiterCapacity"],
  ...["skipMetadataApiCheck", "skipRegionValidation", "skipRequestingAccountId"],
  ...["s3UsePathStyle", "s3UsEast1RegionalEndpoint", "stsRegion", "userAgents", "insecure"],
  ...["ec2MetadataServiceEndpoint", "ec2MetadataServiceEndpointMode"],
]);

const READ = new Set([
  ...["region", "endpoints", "accessKey", "secretKey", "token"],
  ...["allowedAccountIds", "forbiddenAccountIds", "skipCredentialsValidation"],
]);

/**
 * Reads what Configure was given. Nested values come as JSON text from a stack's config and from an explicit
 * provider alike; lists and objects are taken as they are, too.
 *
 * @throws Error that says what the lab's provider cannot do: nothing is ignored that the real provider would act on,
 * and no request may leave this machine.
 */
export function readConfig(args: Properties, environment: NodeJS.ProcessEnv): ProviderConfig {
  const config = Object.fromEntries(
    Object.entries(args)
      .filter(([key]) => !key.startsWith("__") && key !== "version" && key !== "pluginDownloadURL")
      .map(([key, value]) => [key, parsed(withoutSecrets(value))]),
  );
  for (const [key, value] of Object.entries(config)) {
    if (READ.has(key) || WITHOUT_EFFECT.has(key) || isEmpty(value)) continue;
    throw new Error(`the lab's aws provider has no ${key}: unset aws:${key}`);
  }
  const region = string(config.region) ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (!region) throw new Error("Missing region configuration: set aws:region or AWS_REGION");
  return {
    region,
    endpoints: readEndpoints(config.endpoints, environment),
    credentials: readCredentials(config),
    allowedAccountIds: strings(config.allowedAccountIds, "allowedAccountIds"),
    forbiddenAccountIds: strings(config.forbiddenAccountIds, "forbiddenAccountIds"),
    skipCredentialsValidation: config.skipCredentialsValidation === true,
  };
}

function readCredentials(config: Properties): ProviderConfig["credentials"] {
  const accessKeyId = string(config.accessKey);
  const secretAccessKey = string(config.secretKey);
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error("aws:accessKey and aws:secretKey are given together");
  }
  const sessionToken = string(config.token);
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function readEndpoints(value: unknown, environment: NodeJS.ProcessEnv): ProviderConfig["endpoints"] {
  const given: Properties = Object.assign({}, ...(Array.isArray(value) ? value : [value ?? {}]));
  const find = (service: Service): string => {
    const alias = service === "logs" ? given.cloudwatchlogs : undefined;
    const found =
      string(given[service] ?? alias) ??
      environment[`AWS_ENDPOINT_URL_${SERVICES[service]}`] ??
      environment.AWS_ENDPOINT_URL;
    if (!found || !isLoopback(found)) {
      throw new Error(
        `the lab's aws provider talks to the lab alone: ${service} has ` +
          `${found ? `the endpoint ${found}` : "no endpoint"}; set AWS_ENDPOINT_URL to the lab's`,
      );
    }
    return found;
  };
  return { iam: find("iam"), sts: find("sts"), logs: find("logs") };
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Account ids and the like stay text: `JSON.parse` would make a number of `123456789012`. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string" || !/^(?:[[{"]|true$|false$)/.test(value.trim())) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  if (Array.isArray(value)) return value.every(isEmpty);
  return isObject(value) && Object.values(value).every(isEmpty);
}

function string(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function strings(value: unknown, key: string): string[] {
  if (value === undefined || value === null || value === "") return [];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Error(`aws:${key} is a list of account ids in quotes`);
}
