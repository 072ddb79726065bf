import { makeRoles } from "../../components/pipeline-stack";
import { rolePolicy, trustPolicy } from "../../src/model/pipeline-policies";
import type { PipelineStack } from "../../src/model/stack-config";
import { mockPulumi, settled } from "../support/pulumi-mocks";

const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
const pipeline = {
  repository: "octo-org/response",
  stateBucket: "octo-state",
  stateKey: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",
};
const stack = (more: object = {}, region = "eu-west-1"): PipelineStack => ({
  kind: "pipeline",
  file: "Pulumi.pipeline.yaml",
  accountId: "123456789012",
  region,
  values: {},
  pipeline: { ...pipeline, ...more },
});

async function made(of: PipelineStack) {
  const { registered } = await mockPulumi();
  makeRoles(of);
  await settled();
  return registered.map(({ type, name, inputs }) => ({ type, name, inputs }));
}

test("two roles with one policy each, trusted through the account's provider", async () => {
  const place = { accountId: "123456789012", partition: "aws" } as const;
  const resources = await made(stack({ oidcProvider: PROVIDER }));
  expect(resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
    "cordon:index:PipelineRoles pipeline",
    "aws:iam/role:Role pipeline-preview",
    "aws:iam/role:Role pipeline-deploy",
    "aws:iam/rolePolicy:RolePolicy pipeline-preview-policy",
    "aws:iam/rolePolicy:RolePolicy pipeline-deploy-policy",
  ]);
  for (const kind of ["preview", "deploy"] as const) {
    const inputs = (name: string) => resources.find((each) => each.name === name)?.inputs ?? {};
    expect(inputs(`pipeline-${kind}`)).toEqual({
      name: `cordon-${kind}`,
      description: expect.stringMatching(/^Cordon's workflows: /),
      maxSessionDuration: 3600,
      assumeRolePolicy: JSON.stringify(trustPolicy(kind, stack().pipeline, PROVIDER)),
    });
    expect(inputs(`pipeline-${kind}-policy`)).toEqual({
      name: "cordon",
      role: `cordon-${kind}`,
      policy: JSON.stringify(rolePolicy(kind, stack().pipeline, place)),
    });
  }
});

test("GitHub's provider is made where the account has none", async () => {
  expect((await made(stack())).find(({ type }) => type.includes("openIdConnectProvider"))).toEqual({
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    name: "pipeline-github",
    inputs: { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
  });
});

test("in another partition the policies name that partition's resources", async () => {
  const resources = await made(stack({ oidcProvider: PROVIDER }, "us-gov-west-1"));
  const policy = String(resources.find(({ name }) => name === "pipeline-deploy-policy")?.inputs.policy);
  expect(policy).toContain("arn:aws-us-gov:iam::123456789012:user/*");
  expect(policy).not.toContain("arn:aws:iam");
});
