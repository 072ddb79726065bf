import { ACCOUNT, LOST_KEY } from "./principals";
import { nameOf, policyText, type Service } from "./service";

export const sts: Service = ({ name }, random, { at }) => {
  if (name === "GetCallerIdentity") return { requestParameters: null, responseElements: null };
  const role = nameOf(random);
  const session = `botocore-session-${random.between(1_700_000_000, 1_760_000_000)}`;
  const arn = `arn:aws:iam::${ACCOUNT}:role/${role}`;
  return {
    requestParameters: {
      roleArn: arn,
      roleSessionName: session,
      ...(random.chance(0.15) && { externalId: random.uuid() }),
      ...(random.chance(0.1) && { policy: policyText(random) }),
      durationSeconds: 3600,
    },
    responseElements: {
      credentials: {
        accessKeyId: `ASIA${random.base32(16)}`,
        sessionToken: `IQoJb3JpZ2luX2VjE${random.base64(random.between(120, 240))}`,
        expiration: new Date(at + 3_600_000).toUTCString(),
      },
      assumedRoleUser: {
        assumedRoleId: `AROA${random.base32(17)}:${session}`,
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
      },
    },
    resources: [{ accountId: ACCOUNT, type: "AWS::IAM::Role", ARN: arn }],
  };
};

export const iam: Service = ({ name, readOnly }, random, { at }) => {
  const userName = `svc-${nameOf(random)}`;
  if (name === "GetAccessKeyLastUsed") {
    // The lost key is asked about, too, and not used by that.
    return {
      requestParameters: { accessKeyId: random.chance(0.2) ? LOST_KEY : `AKIA${random.base32(16)}` },
      responseElements: null,
    };
  }
  if (readOnly) {
    return {
      requestParameters: random.chance(0.7)
        ? { roleName: nameOf(random), maxItems: 100 }
        : { policyArn: `arn:aws:iam::${ACCOUNT}:policy/${nameOf(random)}`, versionId: "v1" },
      responseElements: null,
    };
  }
  if (/Policy/.test(name)) {
    return {
      requestParameters: {
        roleName: nameOf(random),
        policyName: nameOf(random),
        policyDocument: policyText(random),
      },
      responseElements: null,
    };
  }
  if (name === "CreateAccessKey") {
    return {
      requestParameters: { userName },
      responseElements: {
        accessKey: {
          accessKeyId: `AKIA${random.base32(16)}`,
          status: "Active",
          userName,
          createDate: new Date(at).toUTCString(),
        },
      },
    };
  }
  if (name === "CreateRole") {
    return {
      requestParameters: {
        roleName: userName,
        assumeRolePolicyDocument: policyText(random),
        description: 'made by "terraform"\nsee https://wiki.example.com/roles\\new',
      },
      responseElements: {
        role: {
          assumeRolePolicyDocument: encodeURIComponent(policyText(random)),
          arn: `arn:aws:iam::${ACCOUNT}:role/${userName}`,
          roleId: `AROA${random.base32(17)}`,
          createDate: new Date(at).toUTCString(),
          roleName: userName,
          path: "/",
        },
      },
    };
  }
  return { requestParameters: { userName }, responseElements: null };
};
