import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { PROVIDER_VERSION } from "../../../lab/provider/version";
import { ensurePulumi, PULUMI_VERSION, TESTED_VERSIONS } from "../../../lab/pulumi/cli";
import { PLATFORM } from "../../../lab/pulumi/cli/release";
import { dependencies } from "../../../package.json";

let home: string;
let bin: string;
let cache: string;
let log: string[];
beforeEach(async () => {
  home = realpathSync(await mkdtemp(path.join(os.tmpdir(), "cordon-cli-test-")));
  bin = path.join(home, "bin");
  cache = path.join(home, ".cache/cordon", `pulumi-v${PULUMI_VERSION}-${PLATFORM}`);
  log = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

const ensure = (releases: string[] = []) =>
  ensurePulumi((line) => log.push(line), { environment: { PATH: bin, HOME: home }, releases });

function script(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}

function install(folder: string, version = PULUMI_VERSION): void {
  script(path.join(folder, "pulumi"), `echo "$PULUMI_HOME" > "${home}/pulumi-home"; echo v${version}`);
  script(path.join(folder, "pulumi-language-nodejs"), "exit 0");
}

/** A `go` that makes a `pulumi` of the given version where `-o` says, and counts. */
function installGo(version = PULUMI_VERSION): void {
  script(
    path.join(bin, "go"),
    `echo build >> "${home}/builds"
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho v${version}\\n' > "$2"; /bin/chmod 755 "$2"`,
  );
}

const builds = () => readFileSync(path.join(home, "builds"), "utf8").trim().split("\n").length;

test("the one on PATH is used when it was tested, and the user's Pulumi folder is left alone", async () => {
  install(path.join(home, "opt"));
  mkdirSync(bin);
  symlinkSync(path.join(home, "opt/pulumi"), path.join(bin, "pulumi"));
  expect(await ensure()).toBe(path.join(home, "opt"));
  expect(log).toEqual([]);
  const used = readFileSync(path.join(home, "pulumi-home"), "utf8").trim();
  expect(used).not.toBe("");
  expect(existsSync(used)).toBe(false);
  expect(existsSync(path.join(home, ".pulumi"))).toBe(false);
});

test("one that was not tested is passed over for the cache, and that is said", async () => {
  install(bin, "3.1.0");
  install(cache);
  expect(await ensure()).toBe(cache);
  expect(log).toEqual([
    `No Pulumi from PATH: ${bin} holds Pulumi 3.1.0; the lab was tested with ${TESTED_VERSIONS.join(", ")}`,
  ]);
});

test("so is one without its language host", async () => {
  install(bin);
  await rm(path.join(bin, "pulumi-language-nodejs"));
  install(cache);
  expect(await ensure()).toBe(cache);
  expect(log).toEqual([expect.stringContaining("without pulumi-language-nodejs beside it")]);
});

test("on a fresh machine with Go it is built once, also for two who want it at once", async () => {
  installGo();
  expect(await Promise.all([ensure(), ensure()])).toEqual([cache, cache]);
  expect(await ensure()).toBe(cache);
  expect(builds()).toBe(1);
  expect(log.filter((line) => line.startsWith("Building Pulumi"))).toHaveLength(1);
  expect(readdirSync(path.dirname(cache))).toEqual([path.basename(cache)]);
});

test("beside what Go built stands a way to the clone's own language host", async () => {
  installGo();
  await ensure();
  const host = path.join(cache, "pulumi-language-nodejs");
  script(path.join(home, "ours"), 'echo "ours $*"');
  const run = (environment: NodeJS.ProcessEnv) =>
    execFileSync(host, ["127.0.0.1:1"], { env: environment, encoding: "utf8", stdio: "pipe" });
  expect(run({ CORDON_LANGUAGE_HOST: path.join(home, "ours") })).toBe("ours 127.0.0.1:1\n");
  expect(() => run({})).toThrow("run it in a shell after `cordon lab env`");
});

test("what a killed process left is cleared: its lock, its half-filled folder; a broken one is replaced", async () => {
  install(`${cache}.half`);
  installGo();
  install(cache, "3.0.0");
  writeFileSync(`${cache}.lock`, "999999999");
  expect(await ensure()).toBe(cache);
  expect(builds()).toBe(1);
  expect(log[0]).toContain("No Pulumi from the cache");
  expect(readdirSync(path.dirname(cache))).toEqual([path.basename(cache)]);
});

test("a build that fails or makes another version leaves nothing behind", async () => {
  installGo("9.9.9");
  await expect(ensure()).rejects.toThrow("a build with Go: ");
  script(path.join(bin, "go"), "echo 'no such module' >&2; exit 1");
  await expect(ensure()).rejects.toThrow("go build failed: no such module");
  expect(readdirSync(path.dirname(cache))).toEqual([]);
});

describe("the official download", () => {
  const name = `pulumi-v${PULUMI_VERSION}-${PLATFORM}.tar.gz`;
  let server: Server;
  let place: string;
  let files: Map<string, Buffer | string>;
  beforeEach(async () => {
    files = new Map();
    server = createServer((request, response) => {
      const body = files.get(request.url ?? "");
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    install(path.join(home, "release/pulumi"));
    const archive = path.join(home, name);
    execFileSync("tar", ["-czf", archive, "-C", path.join(home, "release"), "pulumi"]);
    const bytes = readFileSync(archive);
    files.set(`/sdk/${name}`, bytes);
    publish(createHash("sha256").update(bytes).digest("hex"));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const publish = (checksum: string) =>
    files.set(
      `/sdk/pulumi-${PULUMI_VERSION}-checksums.txt`,
      `${"0".repeat(64)}  other.tar.gz\n${checksum}  ${name}\n`,
    );

  test("is the last resort, from the first place that has it", async () => {
    script(path.join(bin, "go"), "exit 1");
    expect(await ensure([`${place}/elsewhere`, `${place}/sdk`])).toBe(cache);
    expect(readdirSync(cache).sort()).toEqual(["pulumi", "pulumi-language-nodejs"]);
    expect(log).toContainEqual(expect.stringContaining("No Pulumi from a build with Go: go build failed"));
    expect(await ensure()).toBe(cache);
  });

  test("is refused when its checksum is not the published one, or none is published", async () => {
    publish("1".repeat(64));
    await expect(ensure([`${place}/sdk`])).rejects.toThrow(`published is ${"1".repeat(64)}`);
    publish("");
    await expect(ensure([`${place}/sdk`])).rejects.toThrow(`has no checksum of ${name}`);
    expect(existsSync(cache)).toBe(false);
  });
});

test("all places name the same releases", () => {
  const goMod = readFileSync(path.join(__dirname, "../../../lab/pulumi/cli/go.mod"), "utf8");
  for (const module of ["pkg", "sdk"]) {
    expect(goMod).toContain(`github.com/pulumi/pulumi/${module}/v3 v${PULUMI_VERSION} `);
  }
  expect(TESTED_VERSIONS).toContain(PULUMI_VERSION);
  expect(PROVIDER_VERSION).toBe(dependencies["@pulumi/aws"]);
});

test("when nothing works, each reason is given", async () => {
  const error = await ensure(["http://127.0.0.1:1/sdk"]).catch((caught) => caught);
  expect(error).toMatchObject({ code: "pulumi-unavailable" });
  for (const part of [
    "PATH: there is no pulumi on PATH",
    `the cache: there is none in ${cache}`,
    "a build with Go: there is no go on PATH",
    "the official download: http://127.0.0.1:1/sdk: ",
  ]) {
    expect(error.message).toContain(part);
  }
});
