import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import * as pulumi from "@pulumi/pulumi";
import {
  AUDIENCE,
  ISSUER,
  PIPELINE_ROLES,
  type Pipeline,
  type PipelinePlace,
  type PipelineRole,
} from "../src/model/pipeline";
import { rolePolicy, trustPolicy } from "../src/model/pipeline-policies";

/**
 * @example
 * ```ts
 * new PipelineRoles("pipeline", {
 *   pipeline: { repository: "octo-org/response", stateBucket: "octo-state", stateKey: "arn:aws:kms:..." },
 *   place: { accountId: "123456789012", partition: "aws" },
 * });
 * ```
 */
export interface PipelineRolesArgs {
  /** Whose workflows, and where their state is. */
  pipeline: Pipeline;
  /** The account that they work in. */
  place: PipelinePlace;
}

/** At most an hour, in seconds: no run here takes longer (IAM API Reference, CreateRole MaxSessionDuration). */
const SESSION = 3600;

/**
 * The two roles of the workflows in `.github/workflows/`, and GitHub's OpenID Connect provider where the account has
 * none yet. Previews run the code of whoever opened the pull request, so that they have a role of their own, which can
 * read and nothing else.
 */
export class PipelineRoles extends pulumi.ComponentResource {
  /** The roles' ARNs, for the repository's variables AWS_PREVIEW_ROLE and AWS_DEPLOY_ROLE. */
  readonly arns: Record<PipelineRole, pulumi.Output<string>>;

  constructor(name: string, { pipeline, place }: PipelineRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cordon:index:PipelineRoles", name, {}, opts);

    const parent: pulumi.CustomResourceOptions = { parent: this };
    const provider: pulumi.Input<string> =
      pipeline.oidcProvider ??
      // IAM knows GitHub's certificates, and needs no thumbprint (IAM User Guide, "Create an OpenID Connect provider").
      new OpenIdConnectProvider(
        `${name}-github`,
        { url: `https://${ISSUER}`, clientIdLists: [AUDIENCE] },
        parent,
      ).arn;

    const make = (kind: PipelineRole): pulumi.Output<string> => {
      const role = new Role(
        `${name}-${kind}`,
        {
          name: PIPELINE_ROLES[kind],
          description: DESCRIPTIONS[kind],
          maxSessionDuration: SESSION,
          assumeRolePolicy: pulumi
            .output(provider)
            .apply((arn) => JSON.stringify(trustPolicy(kind, pipeline, arn))),
        },
        parent,
      );
      new RolePolicy(
        `${name}-${kind}-policy`,
        { role: role.name, name: "cordon", policy: JSON.stringify(rolePolicy(kind, pipeline, place)) },
        parent,
      );
      return role.arn;
    };

    this.arns = { preview: make("preview"), deploy: make("deploy") };
    this.registerOutputs({ arns: this.arns });
  }
}

/** IAM takes no long text here: 1,000 characters of Latin-1 (IAM API Reference, CreateRole Description). */
const DESCRIPTIONS: Record<PipelineRole, string> = {
  preview: "Cordon's workflows: previews of pull requests; reads only",
  deploy: "Cordon's workflows: applies the block list after an approval",
};
