import { z } from "zod";
import type { Partition } from "./entity";

/** The protected environment whose approval lets a workflow change AWS, as `.github/workflows/` name it. */
export const ENVIRONMENT = "deploy";
/** The branch that is deployed. */
export const BRANCH = "main";
/** The stacks that the workflows preview and apply: not that of the roles themselves. */
export const PIPELINE_STACKS = ["containment", "hunts"] as const;

/** What the roles of the workflows are called. */
export const PIPELINE_ROLES = { preview: "cordon-preview", deploy: "cordon-deploy" } as const;
export type PipelineRole = keyof typeof PIPELINE_ROLES;

/** The issuer of GitHub's tokens (GitHub documentation, "OpenID Connect reference"), without its scheme. */
export const ISSUER = "token.actions.githubusercontent.com";
/** Whom a token is for, as aws-actions/configure-aws-credentials asks for it. */
export const AUDIENCE = "sts.amazonaws.com";

const digits = (key: string) =>
  z
    .string(`${key} must be a string of digits, in quotes`)
    .regex(/^[1-9]\d*$/, `${key} must be a number that GitHub gave out, in quotes`);

/** What a stack's file says about the workflows' roles: `cordon:pipeline`. */
export const PipelineFile = z
  .strictObject(
    {
      repository: z
        .string("repository is missing: the repository whose workflows may use the roles, owner/name")
        // No character of these means anything to a policy: neither a wildcard nor a variable.
        .regex(
          /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/,
          "repository must be owner/name, as in the address of its page",
        ),
      ownerId: digits("ownerId").optional(),
      repositoryId: digits("repositoryId").optional(),
      stateBucket: z
        .string("stateBucket is missing: the name of the bucket that holds Pulumi's state")
        // Amazon S3 User Guide, "Bucket naming rules".
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
          "stateBucket must be the bucket's name, no address and no ARN",
        ),
      stateKey: z
        .string("stateKey is missing: the ARN of the KMS key that the bucket's objects are encrypted with")
        // AWS KMS Developer Guide, "Key identifiers": a policy needs the key's own ARN, not an alias's.
        .regex(
          /^arn:aws(?:-us-gov|-cn)?:kms:[a-z0-9-]+:\d{12}:key\/(?:mrk-)?[0-9a-f-]+$/,
          "stateKey must be the ARN of a key: arn:aws:kms:REGION:ACCOUNT:key/ID",
        ),
      oidcProvider: z
        .string("oidcProvider must be a string")
        .regex(
          /^arn:aws(?:-us-gov|-cn)?:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
          `oidcProvider must be the ARN of the account's provider ${ISSUER}`,
        )
        .optional(),
    },
    "cordon:pipeline must be a mapping with repository, stateBucket and stateKey",
  )
  .refine(({ ownerId, repositoryId }) => (ownerId === undefined) === (repositoryId === undefined), {
    message: "ownerId and repositoryId belong together: gh api repos/OWNER/NAME --jq '.owner.id, .id'",
  });

/**
 * Who the workflows are and where their state is:
 * - `repository`, as `owner/name`, and its numbers `ownerId` and `repositoryId` where its tokens have immutable subjects;
 * - `stateBucket`, by name, and `stateKey`, the ARN of the key that encrypts it;
 * - `oidcProvider`, the ARN of GitHub's provider where the account has it already: there can be only one.
 */
export type Pipeline = z.infer<typeof PipelineFile>;

/** Where the roles are made. */
export interface PipelinePlace {
  accountId: string;
  partition: Partition;
}

/**
 * The subjects of the tokens that a role trusts. With the numbers, those alone: a name can be given up and be taken by
 * somebody else, a number cannot (GitHub documentation, "Immutable subject claims": for repositories made since July
 * 2026, and those that opted in).
 *
 * `preview` runs for every pull request, and for what is on the main branch: after a merge and at night.
 */
export function trustedSubjects(
  role: PipelineRole,
  { repository, ownerId, repositoryId }: Pick<Pipeline, "repository" | "ownerId" | "repositoryId">,
): string[] {
  const [owner = "", name = ""] = repository.split("/");
  const numbered = ownerId !== undefined && repositoryId !== undefined;
  const subject = numbered ? `repo:${owner}@${ownerId}/${name}@${repositoryId}` : `repo:${owner}/${name}`;
  return role === "deploy"
    ? [`${subject}:environment:${ENVIRONMENT}`]
    : [`${subject}:pull_request`, `${subject}:ref:refs/heads/${BRANCH}`];
}
