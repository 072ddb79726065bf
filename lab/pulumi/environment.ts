import os from "node:os";
import path from "node:path";
import type { Credentials } from "../credentials";

export interface LabVariables {
  /** Folder that holds `pulumi`. */
  pulumi: string;
  pulumiHome: string;
  /** Folder of Pulumi's state. */
  state: string;
  /** The folder of the lab's Pulumi.yaml. */
  projectDir: string;
  /** Executable that is the lab's language host. */
  languageHost: string;
  endpoint: string;
  region: string;
  credentials: Credentials;
}

/** The state holds nothing worth hiding, but Pulumi wants a passphrase and reads this one. */
const PASSPHRASE = "lab";

/** Variables of the user's that lead nowhere: kept. */
const HARMLESS = new Set(["AWS_PAGER", "AWS_CLI_AUTO_PROMPT"]);

/**
 * What makes `pulumi`, `aws` and the AWS SDKs in a shell work on the lab, and on nothing else: a string is set,
 * `undefined` is unset. Whatever else of Pulumi's and AWS's stands in `inherited` (a profile, a session token, another
 * endpoint, an access token) is unset, and AWS's configuration files are hidden.
 *
 * `PULUMI_OPTION_CWD` is `--cwd` (Pulumi takes every flag from the environment): `pulumi up` works from any folder, on
 * the lab's own Pulumi.yaml.
 */
export function labVariables(
  lab: LabVariables,
  inherited: NodeJS.ProcessEnv,
): Record<string, string | undefined> {
  const { accessKeyId, secretAccessKey, sessionToken } = lab.credentials;
  const foreign = Object.keys(inherited).filter(
    (name) => /^(?:AWS|PULUMI)_/.test(name) && !HARMLESS.has(name),
  );
  return {
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    PATH: withFirst(lab.pulumi, inherited.PATH, path.delimiter),
    NO_PROXY: withFirst("127.0.0.1", inherited.NO_PROXY ?? inherited.no_proxy, ","),
    no_proxy: withFirst("127.0.0.1", inherited.no_proxy ?? inherited.NO_PROXY, ","),

    PULUMI_HOME: lab.pulumiHome,
    // Without the files of metadata beside the state's: they are not written at once, as the state is, and Pulumi that is
    // killed in between leaves an empty one, after which the stack cannot be read (gocloud.dev/blob/fileblob, setAttrs).
    PULUMI_BACKEND_URL: `file://${lab.state}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
    PULUMI_OPTION_CWD: lab.projectDir,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: "true",
    CORDON_LANGUAGE_HOST: lab.languageHost,

    AWS_ENDPOINT_URL: lab.endpoint,
    AWS_REGION: lab.region,
    AWS_DEFAULT_REGION: lab.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CONFIG_FILE: os.devNull,
    AWS_SHARED_CREDENTIALS_FILE: os.devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PROFILE: undefined,
    PULUMI_ACCESS_TOKEN: undefined,
  };
}

/** `environment` with the variables set and unset. */
export function applied(
  environment: NodeJS.ProcessEnv,
  variables: Record<string, string | undefined>,
): NodeJS.ProcessEnv {
  const entries = Object.entries({ ...environment, ...variables });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function withFirst(first: string, list: string | undefined, delimiter: string): string {
  const rest = (list ?? "").split(delimiter).filter((item) => item !== "" && item !== first);
  return [first, ...rest].join(delimiter);
}
