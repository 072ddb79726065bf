import { applied, labVariables } from "../../../lab/pulumi/environment";

const lab = {
  pulumi: "/cache/pulumi",
  pulumiHome: "/lab/home",
  state: "/lab/state",
  projectDir: "/lab/project",
  languageHost: "/lab/language-host",
  endpoint: "http://127.0.0.1:4000",
  region: "us-east-1",
  credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
};

test("nothing of the user's AWS or Pulumi settings is left", () => {
  const inherited = {
    HOME: "/home/me",
    AWS_PROFILE: "production",
    AWS_SESSION_TOKEN: "token",
    AWS_CONFIG_FILE: "/home/me/.aws/config",
    AWS_ENDPOINT_URL_IAM: "https://iam.amazonaws.com",
    AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/admin",
    AWS_PAGER: "",
    PULUMI_ACCESS_TOKEN: "pul-1",
    PULUMI_OPTION_STACK: "production",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase",
  };
  const environment = applied(inherited, labVariables(lab, inherited));
  expect(environment).toMatchObject({
    HOME: "/home/me",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_ENDPOINT_URL: lab.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIA",
    PULUMI_BACKEND_URL: "file:///lab/state?metadata=skip",
    PULUMI_OPTION_CWD: "/lab/project",
  });
  for (const name of [
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_ENDPOINT_URL_IAM",
    "AWS_ROLE_ARN",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_OPTION_STACK",
    "PULUMI_CONFIG_PASSPHRASE_FILE",
  ]) {
    expect(environment).not.toHaveProperty(name);
  }
  expect(inherited.AWS_PROFILE).toBe("production");
});

test("what the user has not set is unset all the same, for a shell that has", () => {
  const variables = labVariables(lab, {});
  for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN", "PULUMI_ACCESS_TOKEN"]) {
    expect(name in variables && variables[name] === undefined).toBe(true);
  }
});

test("applied twice it is what it was", () => {
  const once = applied({ PATH: "/usr/bin:/bin" }, labVariables(lab, { PATH: "/usr/bin:/bin" }));
  expect(once.PATH).toBe("/cache/pulumi:/usr/bin:/bin");
  expect(applied(once, labVariables(lab, once))).toEqual(once);
});

test("a proxy is passed by", () => {
  const variables = labVariables(lab, { no_proxy: "example.com" });
  expect(variables.NO_PROXY).toBe("127.0.0.1,example.com");
  expect(variables.no_proxy).toBe("127.0.0.1,example.com");
});
