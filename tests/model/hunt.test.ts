import fc from "fast-check";
import { exampleValues, queryDefinitionName, renderFilterPattern, renderQuery } from "../../src/model/hunt";
import { type ParameterType, parameterTypeNames } from "../../src/model/parameter";
import { problemsOf } from "../support/problems";

const user = { type: "userName", description: "A user", example: "alice" } as const;
const ip = { type: "ipAddress", description: "An address", example: "192.0.2.1" } as const;
const hunt = {
  id: "some-hunt",
  parameters: { user, ip },
  query: 'filter userIdentity.userName = "{{user}}" and a =~ /^{{user}}$/ and sourceIPAddress = "{{ip}}"',
  filterPattern: { pattern: '{ $.userIdentity.userName = "{{user}}" }', match: "wider" as const },
};

test("values are put in as they stand", () => {
  expect(renderQuery(hunt, { user: "bob@example-1", ip: "2001:db8::1" })).toBe(
    'filter userIdentity.userName = "bob@example-1" and a =~ /^bob@example-1$/ and sourceIPAddress = "2001:db8::1"',
  );
  expect(renderFilterPattern(hunt, { user: "bob", ip: "192.0.2.1" })).toBe(
    '{ $.userIdentity.userName = "bob" }',
  );
  expect(exampleValues(hunt)).toEqual({ user: "alice", ip: "192.0.2.1" });
});

test("a value with $& in it is no replacement pattern", () => {
  const query = { ...hunt, parameters: { user }, query: 'filter a = "{{user}}"' };
  expect(renderQuery(query, { user: "a=b,c" })).toBe('filter a = "a=b,c"');
});

test("missing and unknown parameters are named, all at once, with those that exist", () => {
  expect(problemsOf(() => renderQuery(hunt, { usr: "bob", constructor: "x" }))).toMatchObject([
    { code: "parameter-missing", message: 'hunt "some-hunt" needs a value for user' },
    { code: "parameter-missing", message: 'hunt "some-hunt" needs a value for ip' },
    {
      code: "parameter-unknown",
      message: expect.stringContaining('"usr"'),
      hint: "the parameters are user, ip",
    },
    { code: "parameter-unknown", message: expect.stringContaining('"constructor"') },
  ]);
});

test("a hunt without a filter pattern says so", () => {
  const { filterPattern: _, ...without } = hunt;
  expect(problemsOf(() => renderFilterPattern(without, {}))).toMatchObject([
    { code: "hunt-without-filter-pattern" },
  ]);
});

test("an unquoted placeholder is never filled", () => {
  const bare = { ...hunt, query: "filter a = {{user}}", parameters: { user } };
  expect(problemsOf(() => renderQuery(bare, { user: "bob" }))).toMatchObject([
    { code: "placeholder-unquoted" },
  ]);
  const unknown = { ...hunt, query: 'filter a = "{{usr}}"', parameters: { user } };
  expect(problemsOf(() => renderQuery(unknown, { user: "bob" }))).toMatchObject([
    { code: "placeholder-unknown" },
  ]);
});

describe("refused values", () => {
  test.each([
    ['a"b', "parameter-character"],
    ["a'b", "parameter-character"],
    ["a`b", "parameter-character"],
    ["a\\b", "parameter-character"],
    ["a\nb", "parameter-character"],
    ["a\u2028b", "parameter-character"],
    ["a\u202eb", "parameter-character"],
    ["a{{ip}}b", "parameter-character"],
    ["a b", "parameter-type"],
    ["", "parameter-type"],
    ["a|b", "parameter-character"],
    ["a.b", "parameter-character"],
    ["a+b", "parameter-character"],
  ])("%j as a user name that stands in a regex: %s", (value, code) => {
    expect(problemsOf(() => renderQuery(hunt, { user: value, ip: "192.0.2.1" }))).toMatchObject([{ code }]);
  });

  test("what means something in a regex is refused only there", () => {
    expect(renderFilterPattern(hunt, { user: "a.b+c", ip: "192.0.2.1" })).toContain('"a.b+c"');
    const inRegex = { ...hunt, parameters: { ip }, query: "filter sourceIPAddress like /^{{ip}}$/" };
    expect(problemsOf(() => renderQuery(inRegex, { ip: "192.0.2.1" }))).toMatchObject([
      { code: "parameter-character", message: expect.stringContaining("in a regex") },
    ]);
  });

  test.each(["a*b", "a%b"])("%j in a filter pattern", (value) => {
    expect(problemsOf(() => renderFilterPattern(hunt, { user: value, ip: "192.0.2.1" }))).toMatchObject([
      { code: "parameter-character" },
    ]);
  });

  test("a masked key, with the reason", () => {
    const key = { type: "accessKeyId", description: "A key", example: "AKIAIOSFODNN7EXAMPLE" } as const;
    const byKey = { ...hunt, parameters: { key }, query: 'filter a = "{{key}}"' };
    expect(problemsOf(() => renderQuery(byKey, { key: "AKIA****************" }))).toMatchObject([
      { code: "parameter-type", hint: expect.stringContaining("masked") },
    ]);
  });
});

test("whatever is let through, of whatever type, is the literal between the quotes", () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[\w"'`\\{}*%/.:-]{1,20}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom<ParameterType[]>(...parameterTypeNames), value, (type, text) => {
      const any = {
        id: "any",
        parameters: { x: { type, description: "", example: "" } },
        query: 'filter a = "{{x}}"',
      };
      let query: string;
      try {
        query = renderQuery(any, { x: text });
      } catch {
        return;
      }
      expect(query).toBe(`filter a = "${text}"`);
      expect(text).toMatch(/^[\w+=,.@:/-]+$/);
    }),
  );
});

test("a saved query stands in the console's folder of its tactic", () => {
  expect(queryDefinitionName({ tactic: "defense-impairment", title: "Trail stopped" })).toBe(
    "Incident Response/Defense Impairment/Trail stopped",
  );
});
