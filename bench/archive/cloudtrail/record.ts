import { CALLS, type Call } from "./calls";
import { parametersOf } from "./parameters";
import {
  ACCOUNT,
  LOST_KEY_SHARE,
  LOST_USER,
  PRINCIPALS,
  type Principal,
  time,
  userIdentity,
} from "./principals";
import { type Random, Weighted } from "./random";
import type { Parameters } from "./service";

/** How many events were denied: the first question's. */
const DENIED_SHARE = 0.02;
const DENIED = new Weighted([
  ["AccessDenied", 60],
  ["Client.UnauthorizedOperation", 25],
  ["AccessDeniedException", 15],
]);
/** How many failed otherwise. */
const FAILED_SHARE = 0.035;
const FAILED = [
  ["ThrottlingException", "Rate exceeded"],
  ["NoSuchEntityException", "The role with name orders-prod cannot be found."],
  ["Client.InvalidInstanceID.NotFound", "The instance ID 'i-0abc' does not exist"],
  [
    "ServerSideEncryptionConfigurationNotFoundError",
    "The server side encryption configuration was not found",
  ],
  ["ResourceNotFoundException", 'Requested resource not found: Table: "orders" not found'],
  ["Client.RequestLimitExceeded", "Request limit exceeded."],
  ["ValidationException", "1 validation error detected: Value '' at 'name' failed to satisfy constraint"],
] as const;

/** One record as CloudTrail writes it, its keys in CloudTrail's order. @param at milliseconds */
export function record(random: Random, region: string, at: number): Record<string, unknown> {
  const isLost = random.chance(LOST_KEY_SHARE);
  const principal = isLost ? LOST_USER : PRINCIPALS.draw(random);
  const call = CALLS.draw(random);
  const eventSource = `${call.service}.amazonaws.com`;
  const parameters = parametersOf(call, random, { region, at });
  const error = errorOf(call, principal, random);
  const isService = principal.kind === "service";
  const isConsole = principal.userAgent.startsWith("Mozilla");
  const { requestParameters, responseElements, additionalEventData, resources } = parameters;
  return {
    eventVersion: random.pick(["1.08", "1.09", "1.10", "1.11"]),
    userIdentity: userIdentity(principal, at),
    eventTime: time(at),
    eventSource,
    eventName: call.name,
    awsRegion: region,
    sourceIPAddress: addressOf(principal, random),
    userAgent: principal.userAgent,
    ...error,
    requestParameters,
    responseElements: error === undefined ? responseElements : null,
    ...(additionalEventData && { additionalEventData }),
    requestID: call.service === "s3" ? random.base32(16) : random.uuid(),
    eventID: random.uuid(),
    readOnly: call.readOnly,
    ...(resources && { resources }),
    eventType: call.service === "signin" ? "AwsConsoleSignIn" : "AwsApiCall",
    ...(["ec2", "iam", "sts"].includes(call.service) || random.chance(0.9)
      ? {}
      : { apiVersion: "2015_03_31" }),
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...(isService && { sharedEventID: random.uuid() }),
    ...(!isService &&
      random.chance(0.1) && { vpcEndpointId: "vpce-09392f888cd7298db", vpcEndpointAccountId: ACCOUNT }),
    eventCategory: "Management",
    ...(!isService && { tlsDetails: tlsDetails(call, region, random) }),
    ...(isConsole && { sessionCredentialFromConsole: "true" }),
  } satisfies Record<string, unknown> & Omit<Parameters, "additionalEventData" | "resources">;
}

function errorOf(call: Call, { name }: Principal, random: Random) {
  const drawn = random.fraction();
  if (drawn < DENIED_SHARE) {
    const errorCode = DENIED.draw(random);
    const errorMessage = `User: arn:aws:iam::${ACCOUNT}:user/${name} is not authorized to perform: ${call.service}:${call.name} because no identity-based policy allows the ${call.service}:${call.name} action`;
    return { errorCode, errorMessage };
  }
  if (drawn >= DENIED_SHARE + FAILED_SHARE) return undefined;
  const [errorCode, errorMessage] = random.pick(FAILED);
  return random.chance(0.9) ? { errorCode, errorMessage } : { errorCode };
}

/** Mostly where the caller is; the name of a service that calls for somebody. */
function addressOf({ addresses, role }: Principal, random: Random): string {
  if (role.startsWith("AWSServiceRole")) return "autoscaling.amazonaws.com";
  if (random.chance(0.01)) return random.pick(["cloudformation.amazonaws.com", "AWS Internal"]);
  return random.pick(addresses);
}

function tlsDetails({ service }: Call, region: string, random: Random) {
  return {
    tlsVersion: random.chance(0.8) ? "TLSv1.3" : "TLSv1.2",
    cipherSuite: random.chance(0.8) ? "TLS_AES_128_GCM_SHA256" : "ECDHE-RSA-AES128-GCM-SHA256",
    clientProvidedHostHeader: `${service}.${region}.amazonaws.com`,
  };
}
