import path from "node:path";
import { Stop } from "../../src/cli/io";
import { cordon, PROJECT } from "../support/cli";

describe("help", () => {
  test.each([
    [["--help"], /^Usage: cordon .*Examples:.*Environment:.*Exit codes:/s],
    [["hunt", "--help"], /^Usage: cordon hunt .*list .*show .*run .*filter /s],
    [["help", "hunt", "run"], /^Usage: cordon hunt run .*--log-group <name>.*Global Options:.*Examples:/s],
    [["hunt", "list", "--help"], /Examples:/],
    [["hunt", "show", "-h"], /Examples:/],
    [["hunt", "filter", "--help"], /--whole.*Examples:/s],
    [["runbook", "show", "--help"], /Examples:/],
    [["entities", "--help"], /users.*roles.*groups.*Examples:/s],
    [["lint", "--help"], /Examples:/],
    [["saved-queries", "prune", "--help"], /--yes.*Examples:/s],
    [["lab", "--help"], /up.*down.*status.*env.*demo.*Examples:/s],
  ])("cordon %j", async (argv, expected) => {
    const { code, stdout, stderr } = await cordon(argv);
    expect(stdout).toMatch(expected);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("it is as wide as the terminal", async () => {
    const { stdout } = await cordon(["hunt", "run", "--help"], { columns: 80, env: { NO_COLOR: "1" } });
    const prose = stdout.slice(0, stdout.indexOf("Examples:")).split("\n");
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  test("a command that is missing is asked for with the help, on stderr", async () => {
    for (const argv of [[], ["hunt"]]) {
      const { code, stdout, stderr } = await cordon(argv);
      expect(stderr).toMatch(/^Usage: cordon/);
      expect([code, stdout]).toEqual([2, ""]);
    }
  });

  test("the version", async () => {
    expect(await cordon(["--version"])).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  });
});

describe("a wrong command line", () => {
  test.each([
    [["hnt"], "unknown command 'hnt' (Did you mean hunt?)"],
    [["hunt", "shwo"], "unknown command 'shwo' (Did you mean show?)"],
    [["hunt", "list", "--tacitc", "x"], "unknown option '--tacitc' (Did you mean --tactic?)"],
    [["hunt", "show"], "missing required argument 'id' (see --help)"],
    [
      ["hunt", "list", "extra"],
      "too many arguments for 'list'. Expected 0 arguments but got 1. (see --help)",
    ],
    [["hunt", "list", "--tactic"], "option '--tactic <tactic>' argument missing (see --help)"],
    [
      ["lint", "--output", "xml"],
      "option '--output <format>' argument 'xml' is invalid. Allowed choices are table, json, jsonl, csv, markdown. (see --help)",
    ],
    [
      ["hunt", "list", "--technique", "T1"],
      "option '--technique <id>' argument 'T1' is invalid. write it as T1078 or T1078.004. (see --help)",
    ],
    [
      ["hunt", "show", "x", "--param", "oops"],
      "option '--param <name=value>' argument 'oops' is invalid. write it as name=value. (see --help)",
    ],
    [
      ["hunt", "show", "x", "--param", "a=1", "--param", "a=2"],
      "option '--param <name=value>' argument 'a=2' is invalid. a is given twice. (see --help)",
    ],
    [["hunt", "\u001b[2J"], "unknown command '\\u{1b}[2J' (see --help)"],
    [
      ["lint", "--project", "nowhere"],
      "--project nowhere is not a folder (name the folder that holds runbooks/ and Pulumi.yaml)",
    ],
  ])("cordon %j", async (argv, line) => {
    const result = await cordon(argv);
    expect(result.stderr).toBe(`${line}\n`);
    expect(result.stdout).toBe("");
  });

  test("exits with 2, and says it in JSON where JSON is asked for", async () => {
    const { code, stdout, stderr } = await cordon(["hunt", "shwo\u202e", "--output", "json"]);
    expect(JSON.parse(stderr)).toEqual({
      problems: [
        { code: "unknown-command", message: "unknown command 'shwo\u202e'", hint: "Did you mean show?" },
      ],
    });
    expect(stderr).not.toContain("\u202e");
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("stopping", () => {
  test.each([
    ["SIGINT", 130, "stopped\n"],
    ["SIGTERM", 143, "stopped\n"],
    ["EPIPE", 0, ""],
  ] as const)("by %s exits with %i", async (by, code, stderr) => {
    const controller = new AbortController();
    controller.abort(new Stop(by));
    const result = await cordon(["hunt", "list"], { signal: controller.signal });
    expect(result).toMatchObject({ code, stderr: expect.stringContaining(stderr) });
  });
});

describe("a bug", () => {
  test("is printed with its stack, and exits with 70", async () => {
    const { code, stderr } = await cordon(["hunt", "list", "--tactic", "impact"], {
      onWrite: () => {
        throw new TypeError("x\u001b is not a function");
      },
    });
    expect(code).toBe(70);
    expect(stderr).toMatch(
      /^TypeError: x\\u\{1b\} is not a function\n {4}at .*\nThis is a bug in Cordon\.\n$/s,
    );
  });
});

describe("the project", () => {
  test("is found upwards from the working directory", async () => {
    const cwd = path.join(PROJECT, "runbooks", "hunts");
    const { stdout } = await cordon(["hunt", "list", "--output", "json"], { cwd });
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

  test("is the folder that --project names, from there", async () => {
    const { stdout } = await cordon(["hunt", "list", "--output", "json", "--project", "project"], {
      cwd: path.dirname(PROJECT),
    });
    expect(JSON.parse(stdout)).toHaveLength(3);
  });
});
