import { Random, Weighted } from "./random";

export const ACCOUNT = "111122223333";
export const REGIONS = ["us-east-1", "eu-west-1", "eu-central-1", "us-west-2"] as const;

/** The key that the second question looks for, and how many of the events were made with it. */
export const LOST_KEY = "AKIAIOSFODNN7EXAMPLE";
export const LOST_KEY_SHARE = 0.001;

/** Who makes calls, and from where. */
export interface Principal {
  kind: "user" | "role" | "service" | "root";
  /** User or session name; of a service, `ec2.amazonaws.com`. */
  name: string;
  /** Of a role's session. */
  role: string;
  principalId: string;
  accessKeyId: string;
  addresses: readonly string[];
  userAgent: string;
}

const USER_AGENTS = [
  "aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/linux#6.1.147-172.266.amzn2023.x86_64 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython m/Z,b,E cfg/retry-mode#standard md/installer#exe md/distrib#amzn.2023 md/prompt#off",
  "Boto3/1.34.131 md/Botocore#1.34.131 ua/2.0 os/linux#5.10.219 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.131",
  "APN/1.0 HashiCorp/1.0 Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-aws/5.64.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.4 os/linux lang/go#1.22.6 md/GOARCH#amd64 md/GOOS#linux api/iam#1.35.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36",
  "aws-sdk-java/2.25.40 Linux/5.10.219-208.866.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4+7-LTS Java/21.0.4 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard",
  "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#arm64 api/ecs#1.45.2",
  "amazon-ssm-agent/3.3.859.0",
  "[aws-sdk-nodejs/2.1687.0 linux/v18.20.4 exec-env/AWS_Lambda_nodejs18.x promise]",
  "kube-controller-manager/v1.30.4 aws-sdk-go/1.51.0 (go1.22.5; linux; amd64)",
  "AWS Internal",
] as const;

const SERVICES = [
  "cloudtrail",
  "ecs-tasks",
  "ec2",
  "lambda",
  "config",
  "rds",
  "autoscaling",
  "ssm",
  "access-analyzer",
  "elasticloadbalancing",
  "cloudformation",
  "guardduty",
] as const;

const ROLES = [
  "ci-deploy",
  "AWSServiceRoleForAutoScaling",
  "eks-node",
  "billing-reader",
  "data-pipeline",
  "orders-api",
  "SecurityAudit",
  "AWSReservedSSO_AdministratorAccess_6c63ce732f55aa01",
  "AWSReservedSSO_ReadOnlyAccess_0b74cd717d471f2e",
  "terraform",
  "backup-runner",
  "search-indexer",
  "payments-worker",
  "image-resizer",
  "log-shipper",
  "zurich-office-sync",
] as const;

function principals(): Weighted<Principal> {
  const random = new Random("principals");
  // Machines leave a network by a few shared addresses, people come from many.
  const shared = random.times(40, () => random.address());
  const addresses = (most: number) => [
    ...random.times(random.between(1, most), () => random.address()),
    ...random.times(random.between(0, 3), () => random.pick(shared)),
  ];
  const users = random.times(80, (index): Principal => {
    const name = `${random.pick(["dev", "ops", "svc", "batch", "partner"])}-${random.pick(["anna", "bo", "carla", "dmitri", "emre", "fatou"])}-${index}`;
    return {
      kind: "user",
      name,
      role: "",
      principalId: `AIDA${random.base32(17)}`,
      accessKeyId: `AKIA${random.base32(16)}`,
      addresses: addresses(12),
      userAgent: random.pick(USER_AGENTS),
    };
  });
  const sessions = random.times(420, (index): Principal => {
    const role = random.pick(ROLES);
    return {
      kind: "role",
      name: role.startsWith("eks")
        ? `i-0${random.hex(16)}`
        : `${random.pick(["session", "botocore-session", "aws-go-sdk", "GitHubActions"])}-${1_700_000_000 + index * 7919}`,
      role,
      principalId: `AROA${new Random(role).base32(17)}`,
      accessKeyId: `ASIA${random.base32(16)}`,
      addresses: addresses(6),
      userAgent: random.pick(USER_AGENTS),
    };
  });
  const services = SERVICES.map((service): Principal => {
    const name = `${service}.amazonaws.com`;
    return {
      kind: "service",
      name,
      role: "",
      principalId: "",
      accessKeyId: "",
      addresses: [name],
      userAgent: name,
    };
  });
  const root: Principal = {
    kind: "root",
    name: "root",
    role: "",
    principalId: ACCOUNT,
    accessKeyId: "",
    addresses: [random.address()],
    userAgent: USER_AGENTS[3],
  };
  // Few make most of the calls.
  const byRank = (list: readonly Principal[], share: number) =>
    list.map((principal, rank) => [principal, (share * 10) / (rank + 10)] as const);
  return new Weighted([...byRank(users, 6), ...byRank(sessions, 5), ...byRank(services, 11), [root, 0.01]]);
}

export const PRINCIPALS = principals();

/** The user whose key was lost: every 1,000th event, from anywhere. */
export const LOST_USER: Principal = {
  kind: "user",
  name: "build-legacy",
  role: "",
  principalId: "AIDACKCEVSQ6C2EXAMPLE",
  accessKeyId: LOST_KEY,
  addresses: new Random("lost").times(30, (index) => `198.51.100.${index + 1}`),
  userAgent: USER_AGENTS[1],
};

/** A record's `userIdentity`. @param at milliseconds */
export function userIdentity({ kind, name, role, principalId, accessKeyId }: Principal, at: number) {
  switch (kind) {
    case "service":
      return { type: "AWSService", invokedBy: name };
    case "root":
      return { type: "Root", principalId, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT };
    case "user":
      return {
        type: "IAMUser",
        principalId,
        arn: `arn:aws:iam::${ACCOUNT}:user/${name}`,
        accountId: ACCOUNT,
        accessKeyId,
        userName: name,
      };
    case "role":
      return {
        type: "AssumedRole",
        principalId: `${principalId}:${name}`,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
        accountId: ACCOUNT,
        accessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            principalId,
            arn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
            accountId: ACCOUNT,
            userName: role,
          },
          ...(!role.startsWith("AWSReserved") && { webIdFederationData: {} }),
          attributes: { creationDate: time(at - (at % 3_600_000)), mfaAuthenticated: "false" },
          ...(name.startsWith("i-") && { ec2RoleDelivery: "2.0" }),
        },
        ...(role.startsWith("AWSServiceRole") && { invokedBy: "autoscaling.amazonaws.com" }),
      };
  }
}

/** As CloudTrail writes a time. @param at milliseconds */
export function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
