import { fallbackArn } from "./deny-policy";
import {
  AUDIENCE,
  ISSUER,
  PIPELINE_ROLES,
  PIPELINE_STACKS,
  type Pipeline,
  type PipelinePlace,
  type PipelineRole,
  trustedSubjects,
} from "./pipeline";

/** One statement of a policy, as far as the roles need it (IAM User Guide, "IAM JSON policy elements reference"). */
export interface Statement {
  Sid: string;
  Effect: "Allow" | "Deny";
  Action: string | string[];
  Resource?: string | string[];
  Principal?: { Federated: string };
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Policy {
  Version: "2012-10-17";
  Statement: Statement[];
}

/** Who may assume a role: tokens that GitHub issued to this repository for this purpose, compared letter by letter. */
export function trustPolicy(role: PipelineRole, pipeline: Pipeline, providerArn: string): Policy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "GitHub",
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: trustedSubjects(role, pipeline) },
        },
      },
    ],
  };
}

const KINDS = ["User", "Role", "Group"];
const each = (verb: string, suffix = "") => KINDS.map((kind) => `iam:${verb}${kind}${suffix}`);

/** What a preview, `cordon check`, `status` and `verify` ask. */
const READ_ALL = [
  "iam:GetAccountAuthorizationDetails",
  "logs:DescribeQueryDefinitions",
  "sts:GetCallerIdentity",
];
const READ_ENTITIES = [...each("Get"), ...each("Get", "Policy"), ...each("ListAttached", "Policies")];
const WRITE = [...each("Put", "Policy"), ...each("Delete", "Policy")];
const ATTACH = [...each("Attach", "Policy"), ...each("Detach", "Policy")];

/**
 * What a role may do.
 *
 * - `preview` changes nothing: it reads IAM, saved queries, and the state without its lock.
 * - `deploy` puts and deletes inline policies, attaches AWSDenyAll and no other, saves queries, and writes the state of
 *   the stacks that it applies, not that of its own roles. **IAM knows no condition on the name or the content of an inline policy** (Service
 *   Authorization Reference, "Actions, resources, and condition keys for AWS IAM"): whoever is this role can give an
 *   entity rights as well as take them. It cannot change the two roles themselves.
 */
export function rolePolicy(role: PipelineRole, pipeline: Pipeline, place: PipelinePlace): Policy {
  const read = readStatements(pipeline, place);
  return {
    Version: "2012-10-17",
    Statement: role === "preview" ? read : [...read, ...writeStatements(pipeline, place)],
  };
}

function readStatements({ stateBucket, stateKey }: Pipeline, place: PipelinePlace): Statement[] {
  return [
    { Sid: "Ask", Effect: "Allow", Action: READ_ALL, Resource: "*" },
    { Sid: "AskAboutEntities", Effect: "Allow", Action: READ_ENTITIES, Resource: entityArns(place) },
    { Sid: "ListState", Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn(stateBucket, place) },
    {
      Sid: "ReadState",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `${bucketArn(stateBucket, place)}/.pulumi/*`,
    },
    { Sid: "DecryptState", Effect: "Allow", Action: "kms:Decrypt", Resource: stateKey },
  ];
}

function writeStatements({ stateBucket, stateKey }: Pipeline, place: PipelinePlace): Statement[] {
  return [
    {
      Sid: "Contain",
      Effect: "Allow",
      Action: WRITE,
      Resource: entityArns(place),
    },
    {
      Sid: "ContainWhereThereIsNoRoom",
      Effect: "Allow",
      Action: ATTACH,
      Resource: entityArns(place),
      // Service Authorization Reference, "Condition keys for AWS IAM": of managed policies, the name can be asked for.
      Condition: { ArnEquals: { "iam:PolicyARN": fallbackArn(place.partition) } },
    },
    {
      Sid: "KeepOwnRights",
      Effect: "Deny",
      Action: [...WRITE, ...ATTACH],
      Resource: Object.values(PIPELINE_ROLES).map((name) => iamArn(`role/${name}`, place)),
    },
    {
      Sid: "SaveQueries",
      Effect: "Allow",
      Action: ["logs:PutQueryDefinition", "logs:DeleteQueryDefinition"],
      Resource: "*",
    },
    {
      Sid: "WriteState",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:DeleteObject"],
      Resource: PIPELINE_STACKS.flatMap((stack) =>
        stateKeys(stack).map((key) => `${bucketArn(stateBucket, place)}/.pulumi/${key}`),
      ),
    },
    // For objects that S3 encrypts (Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys").
    { Sid: "EncryptState", Effect: "Allow", Action: "kms:GenerateDataKey", Resource: stateKey },
  ];
}

/** Where Pulumi keeps a stack in a bucket (pulumi/pulumi, pkg/backend/diy: stack files, locks, history, backups). */
function stateKeys(stack: string): string[] {
  return [
    `stacks/cordon/${stack}.*`,
    `locks/organization/cordon/${stack}/*`,
    `history/cordon/${stack}/*`,
    `backups/cordon/${stack}/*`,
  ];
}

function entityArns(place: PipelinePlace): string[] {
  return KINDS.map((kind) => iamArn(`${kind.toLowerCase()}/*`, place));
}

function iamArn(resource: string, { accountId, partition }: PipelinePlace): string {
  return `arn:${partition}:iam::${accountId}:${resource}`;
}

function bucketArn(bucket: string, { partition }: PipelinePlace): string {
  return `arn:${partition}:s3:::${bucket}`;
}
