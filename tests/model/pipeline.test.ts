import { type Pipeline, PipelineFile, type PipelineRole, trustedSubjects } from "../../src/model/pipeline";
import { rolePolicy, type Statement, trustPolicy } from "../../src/model/pipeline-policies";
import { parseStackFile } from "../../src/model/stack-config";
import { ownWorkflows, record } from "../workflows/workflow";

const PIPELINE: Pipeline = {
  repository: "octo-org/response",
  stateBucket: "octo-state",
  stateKey: "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",
};
const PLACE = { accountId: "123456789012", partition: "aws" } as const;
const ROLES: PipelineRole[] = ["preview", "deploy"];
const actionsOf = ({ Action }: Statement) => [Action].flat();

test("previews are trusted for pull requests and for main, deploys for the protected environment alone", () => {
  expect(trustedSubjects("preview", PIPELINE)).toEqual([
    "repo:octo-org/response:pull_request",
    "repo:octo-org/response:ref:refs/heads/main",
  ]);
  expect(trustedSubjects("deploy", PIPELINE)).toEqual(["repo:octo-org/response:environment:deploy"]);
});

test("with the numbers, a token without them is not trusted: names can be taken by somebody else", () => {
  const numbered = { ...PIPELINE, ownerId: "123", repositoryId: "456" };
  expect(ROLES.map((role) => trustedSubjects(role, numbered))).toEqual([
    ["repo:octo-org@123/response@456:pull_request", "repo:octo-org@123/response@456:ref:refs/heads/main"],
    ["repo:octo-org@123/response@456:environment:deploy"],
  ]);
});

test("a role is assumed by GitHub's tokens only, compared letter by letter", () => {
  const provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
  expect(trustPolicy("deploy", PIPELINE, provider)).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "GitHub",
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": ["repo:octo-org/response:environment:deploy"],
          },
        },
      },
    ],
  });
});

test("the environment and the branch are those of the workflows", () => {
  const workflows = ownWorkflows();
  const environments = workflows.flatMap(({ jobs }) => jobs.map(({ environment }) => environment));
  const [subject] = trustedSubjects("deploy", PIPELINE);
  expect(new Set(environments.filter((each) => each !== undefined))).toEqual(
    new Set([subject?.split(":").at(-1)]),
  );
  const assuming = workflows.flatMap((workflow) =>
    workflow.jobs
      .filter(({ permissions }) => record(permissions)["id-token"] === "write")
      .map(({ environment }) => ({
        on: workflow.triggers,
        protected: environment !== undefined,
        text: workflow.text,
      })),
  );
  expect(assuming.length).toBeGreaterThan(4);
  for (const { on, protected: isProtected, text } of assuming) {
    if (isProtected || on.includes("pull_request")) continue;
    expect(text).toContain("if: github.ref == 'refs/heads/main'");
  }
});

test("a preview can change nothing", () => {
  const actions = rolePolicy("preview", PIPELINE, PLACE).Statement.flatMap(actionsOf);
  expect(actions.filter((action) => !/^[a-z0-9]+:(?:Get|List|Describe|Decrypt)/.test(action))).toEqual([]);
});

test("nobody has a wildcard among actions, nor a write on everything that could be named", () => {
  for (const role of ROLES) {
    for (const statement of rolePolicy(role, PIPELINE, PLACE).Statement) {
      expect(actionsOf(statement).join()).not.toContain("*");
      if (statement.Resource === "*") expect(["Ask", "SaveQueries"]).toContain(statement.Sid);
    }
  }
});

test("a deploy cannot give its own roles more rights, and cannot write their stack's state", () => {
  const { Statement } = rolePolicy("deploy", PIPELINE, PLACE);
  expect(Statement.find(({ Effect }) => Effect === "Deny")).toMatchObject({
    Action: expect.arrayContaining(["iam:PutRolePolicy", "iam:DeleteRolePolicy"]),
    Resource: [
      "arn:aws:iam::123456789012:role/cordon-preview",
      "arn:aws:iam::123456789012:role/cordon-deploy",
    ],
  });
  const written = Statement.filter((each) => actionsOf(each).includes("s3:PutObject")).flatMap(
    ({ Resource }) => Resource,
  );
  expect(written).toHaveLength(8);
  for (const arn of written)
    expect(arn).toMatch(/^arn:aws:s3:::octo-state\/\.pulumi\/.*\/(?:hunts|containment)[./]/);
});

test.each(["aws", "aws-us-gov", "aws-cn"] as const)(
  "in the partition %s every name is of that partition",
  (partition) => {
    for (const role of ROLES) {
      const { Statement } = rolePolicy(role, PIPELINE, { ...PLACE, partition });
      const arns = Statement.flatMap(({ Resource = [] }) => Resource).filter(
        (arn) => arn !== "*" && arn !== PIPELINE.stateKey,
      );
      expect(arns.length).toBeGreaterThan(3);
      expect(arns.filter((arn) => !arn.startsWith(`arn:${partition}:`))).toEqual([]);
      expect({ partition, role, Statement }).toMatchSnapshot();
    }
  },
);

test("both policies fit into what IAM takes inline for a role", () => {
  // IAM User Guide, "IAM and AWS STS quotas": 10,240 characters, white space aside.
  for (const role of ROLES)
    expect(JSON.stringify(rolePolicy(role, PIPELINE, PLACE)).length).toBeLessThan(10_240);
});

const FILE = "Pulumi.pipeline.yaml";
const HEAD = `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["123456789012"]
  cordon:accountId: "123456789012"
`;
const file = (about: object) => `${HEAD}  cordon:pipeline: ${JSON.stringify(about)}\n`;

test("a stack of roles is read from its file", () => {
  expect(parseStackFile(file(PIPELINE), FILE)).toMatchObject({ kind: "pipeline", pipeline: PIPELINE });
});

test.each<[string, object, RegExp]>([
  ["a wildcard for a repository", { repository: "octo-org/*" }, /repository must be owner\/name/],
  ["an address", { repository: "https://github.com/octo-org/response" }, /repository must be owner\/name/],
  ["one number", { ownerId: "123" }, /ownerId and repositoryId belong together/],
  ["a number that YAML reads", { ownerId: 123, repositoryId: "456" }, /ownerId/],
  ["a bucket's address", { stateBucket: "s3://octo-state" }, /stateBucket must be the bucket's name/],
  [
    "a key's alias",
    { stateKey: "arn:aws:kms:eu-west-1:123456789012:alias/x" },
    /stateKey must be the ARN of a key/,
  ],
  [
    "another provider",
    { oidcProvider: "arn:aws:iam::123456789012:oidc-provider/example.com" },
    /oidcProvider/,
  ],
  ["a slip", { enviroment: "x" }, /enviroment/],
])("%s is refused", (_, about, says) => {
  expect(() => parseStackFile(file({ ...PIPELINE, ...about }), FILE)).toThrow(says);
  expect(PipelineFile.safeParse(PIPELINE).success).toBe(true);
});

test("a block list does not belong beside it", () => {
  const both = `${file(PIPELINE)}  cordon:blockList: []\n`;
  expect(() => parseStackFile(both, FILE)).toThrow(/both cordon:blockList and cordon:pipeline/);
  expect(() => parseStackFile(`${file(PIPELINE)}  cordon:operators: []\n`, FILE)).toThrow(
    /cordon:operators is for/,
  );
});
