import type { Call } from "./calls";
import { ec2 } from "./ec2";
import { iam, sts } from "./iam";
import { ACCOUNT, LOST_KEY, time } from "./principals";
import type { Random } from "./random";
import {
  APPLICATIONS,
  bucketOf,
  type Circumstances,
  nameOf,
  type Parameters,
  policyText,
  type Service,
  STAGES,
} from "./service";

const kms: Service = ({ name }, random, { region }) => ({
  requestParameters: {
    ...(name === "GenerateDataKey" && {
      keySpec: "AES_256",
      keyId: `arn:aws:kms:${region}:${ACCOUNT}:alias/${nameOf(random)}`,
    }),
    encryptionContext: random.chance(0.5)
      ? {
          "aws:s3:arn": `arn:aws:s3:::${bucketOf(random)}/${random.hex(8)}/part-${random.below(100_000)}.parquet`,
        }
      : {
          SecretARN: `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${nameOf(random)}/database-${random.base32(6)}`,
          SecretVersionId: random.uuid(),
        },
    ...(name === "Decrypt" && { encryptionAlgorithm: "SYMMETRIC_DEFAULT" }),
  },
  responseElements: null,
  resources: [
    {
      accountId: ACCOUNT,
      type: "AWS::KMS::Key",
      ARN: `arn:aws:kms:${region}:${ACCOUNT}:key/${random.pick(KEYS)}`,
    },
  ],
});
const KEYS = [
  "1f9d3c5a-7d1e-4b7c-9a55-0c6a2f64b001",
  "1f9d3c5a-7d1e-4b7c-9a55-0c6a2f64b002",
  "9b1d2c3e-55aa-4e0e-8a1c-7f0b6a3e9003",
] as const;

const s3: Service = ({ name }, random, { region }) => {
  const bucketName = bucketOf(random);
  return {
    requestParameters: {
      ...(name !== "ListBuckets" && { bucketName }),
      Host: `${bucketName}.s3.${region}.amazonaws.com`,
      [name.replace(/^(?:Get|Put|Delete)Bucket/, "").toLowerCase()]: "",
      ...(name === "PutBucketPolicy" && { bucketPolicy: JSON.parse(policyText(random)) }),
    },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: "SigV4",
      CipherSuite: "TLS_AES_128_GCM_SHA256",
      bytesTransferredIn: 0,
      AuthenticationMethod: "AuthHeader",
      "x-amz-id-2": `${random.base64(75)}=`,
      bytesTransferredOut: random.below(4000),
    },
    ...(name !== "ListBuckets" && {
      resources: [{ accountId: ACCOUNT, type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${bucketName}` }],
    }),
  };
};

const logs: Service = ({ name, readOnly }, random) => {
  const logGroupName = `/aws/lambda/${nameOf(random)}`;
  if (name === "PutMetricFilter") {
    return {
      requestParameters: {
        logGroupName,
        filterName: "unauthorized",
        // The first question's text, in a string.
        filterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
        metricTransformations: [{ metricName: "Unauthorized", metricNamespace: "CIS", metricValue: "1" }],
      },
      responseElements: null,
    };
  }
  if (name === "StartQuery") {
    return {
      requestParameters: {
        logGroupName,
        startTime: 0,
        endTime: 0,
        queryString: `fields @message | filter @message like '"accessKeyId":"${LOST_KEY}"'`,
      },
      responseElements: { queryId: random.uuid() },
    };
  }
  return {
    requestParameters: {
      logGroupName,
      ...(!readOnly && { logStreamName: `2026/11/${random.between(1, 28)}/[$LATEST]${random.hex(32)}` }),
    },
    responseElements: null,
  };
};

const ssm: Service = ({ name, readOnly }, random) => ({
  requestParameters: readOnly
    ? { name: `/${nameOf(random)}/database/url`, withDecryption: true }
    : {
        instanceId: `i-0${random.hex(16)}`,
        agentVersion: "3.3.859.0",
        agentStatus: "Active",
        platformType: "Linux",
        platformName: "Amazon Linux",
        platformVersion: "2023",
        iPAddress: `10.0.${random.below(256)}.${random.below(256)}`,
        computerName: `ip-10-0-${random.below(256)}.eu-west-1.compute.internal`,
        agentName: "amazon-ssm-agent",
        ...(name === "SendCommand" && {
          documentName: "AWS-RunShellScript",
          parameters: "HIDDEN_DUE_TO_SECURITY_REASONS",
        }),
      },
  responseElements:
    name === "SendCommand"
      ? { command: { commandId: random.uuid(), status: "Pending", targetCount: 1 } }
      : null,
});

const cloudtrail: Service = ({ name }, random) => ({
  requestParameters:
    name === "LookupEvents"
      ? { maxResults: 50, lookupAttributes: [{ attributeKey: "EventName", attributeValue: "ConsoleLogin" }] }
      : { name: `trail-${random.pick(STAGES)}`, includeShadowTrails: false },
  responseElements: null,
});

/** Long lists, which make records of many kilobytes. */
const config: Service = (call, random, circumstances) => {
  if (call.name !== "PutEvaluations") return other(call, random, circumstances);
  const orderingTimestamp = new Date(circumstances.at).toUTCString();
  return {
    requestParameters: {
      resultToken: random.base64(200),
      testMode: false,
      evaluations: random.times(random.between(1, 200), () => ({
        complianceResourceType: "AWS::EC2::Instance",
        complianceResourceId: `i-0${random.hex(16)}`,
        complianceType: random.chance(0.8) ? "COMPLIANT" : "NON_COMPLIANT",
        annotation: 'The tag "owner" is missing',
        orderingTimestamp,
      })),
    },
    responseElements: { failedEvaluations: [] },
  };
};

/** Whatever else there is: a name or two, a token, a list. */
const other: Service = ({ name, service, readOnly }, random, { at, region }) => {
  const arn = `arn:aws:${service}:${region}:${ACCOUNT}:${nameOf(random)}/${random.hex(16)}`;
  if (readOnly) {
    return {
      requestParameters: random.chance(0.25)
        ? null
        : {
            [`${service}Arn`]: arn,
            ...(random.chance(0.3) && { nextToken: random.base64(60) }),
            ...(random.chance(0.4) && { names: random.times(random.between(1, 5), () => nameOf(random)) }),
          },
      responseElements: null,
    };
  }
  return {
    requestParameters: {
      name: nameOf(random),
      description: `${name} for "${nameOf(random)}"`,
      environment: { variables: {}, stage: random.pick(STAGES) },
      clientToken: random.uuid(),
    },
    responseElements: {
      arn,
      status: "PENDING",
      version: random.below(40),
      lastModified: time(at),
      tags: [
        { key: "team", value: random.pick(APPLICATIONS) },
        { key: "cost-center", value: random.below(9000) },
      ],
    },
  };
};

const SERVICES: ReadonlyMap<string, Service> = new Map([
  ["ec2", ec2],
  ["kms", kms],
  ["s3", s3],
  ["sts", sts],
  ["iam", iam],
  ["logs", logs],
  ["ssm", ssm],
  ["config", config],
  ["cloudtrail", cloudtrail],
]);

export function parametersOf(call: Call, random: Random, circumstances: Circumstances): Parameters {
  return (SERVICES.get(call.service) ?? other)(call, random, circumstances);
}
