import { ApiError } from "../../../../lab/gateway/api-error";
import { MAX_DEFINITIONS, QueryDefinitions } from "../../../../lab/gateway/logs/query-definitions";

const query = { name: "a", queryString: "fields @message" };

function code(call: () => unknown): string {
  try {
    call();
    return "ok";
  } catch (error) {
    return error instanceof ApiError ? error.code : String(error);
  }
}

let definitions: QueryDefinitions;
let now: number;
beforeEach(() => {
  now = 1_795_000_000_000;
  definitions = new QueryDefinitions(() => now);
});

test("a name may be there twice: the id tells them apart", () => {
  const [one, two] = [definitions.put(query), definitions.put(query)];
  expect(one).not.toEqual(two);
  expect(definitions.describe({}).queryDefinitions).toHaveLength(2);
});

test("a create that is repeated with its token makes no second one", () => {
  const clientToken = "0".repeat(36);
  const first = definitions.put({ ...query, clientToken });
  expect(definitions.put({ ...query, clientToken })).toEqual(first);
  definitions.delete(first);
  expect(definitions.put({ ...query, clientToken })).not.toEqual(first);
});

test("a replacement says when it was", () => {
  const { queryDefinitionId } = definitions.put(query);
  now += 5;
  definitions.put({ ...query, queryDefinitionId, name: "b" });
  expect(definitions.describe({}).queryDefinitions).toMatchObject([
    { name: "b", lastModified: now, queryDefinitionId },
  ]);
});

test("pages are sorted by name and end without a token", () => {
  for (const name of ["x/3", "x/1", "y/1", "x/2"]) definitions.put({ ...query, name });
  const prefix = { queryDefinitionNamePrefix: "x/", maxResults: 2 };
  const first = definitions.describe(prefix);
  expect(first.queryDefinitions.map(({ name }) => name)).toEqual(["x/1", "x/2"]);
  const second = definitions.describe({ ...prefix, nextToken: first.nextToken });
  expect(second.queryDefinitions.map(({ name }) => name)).toEqual(["x/3"]);
  expect(second).not.toHaveProperty("nextToken");
  expect(code(() => definitions.describe({ nextToken: first.nextToken }))).toBe("InvalidParameterException");
});

test.each([
  ["no name", { queryString: "x" }],
  ["an empty name", { ...query, name: "" }],
  ["a name of 256 characters", { ...query, name: "n".repeat(256) }],
  ["an empty query", { ...query, queryString: "" }],
  ["a query of 10,001 characters", { ...query, queryString: "q".repeat(10_001) }],
  ["a name that is a number", { ...query, name: 7 }],
  ["log groups that are no list", { ...query, logGroupNames: "group" }],
  ["a language that is none", { ...query, queryLanguage: "XPath" }],
  ["parameters", { ...query, parameters: [{ name: "a" }] }],
])("%s is refused", (_what, from) => {
  expect(code(() => definitions.put(from))).toBe("InvalidParameterException");
  expect(definitions.describe({}).queryDefinitions).toEqual([]);
});

test("the longest name and query are taken", () => {
  definitions.put({ name: "n".repeat(255), queryString: "q".repeat(10_000) });
  expect(definitions.describe({}).queryDefinitions).toHaveLength(1);
});

test("what is not there cannot be replaced or deleted", () => {
  expect(code(() => definitions.put({ ...query, queryDefinitionId: "none" }))).toBe(
    "ResourceNotFoundException",
  );
  expect(code(() => definitions.delete({ queryDefinitionId: "none" }))).toBe("ResourceNotFoundException");
});

test("there is room for a thousand", () => {
  for (let count = 0; count < MAX_DEFINITIONS; count++) definitions.put(query);
  expect(code(() => definitions.put(query))).toBe("LimitExceededException");
});
