import { deleteSavedQuery, listSavedQueries } from "../../src/aws/query-definitions";
import { type LoopbackAws, startLoopbackAws, THROTTLED } from "../support/loopback-aws";
import { problemOf } from "../support/problem";

let fake: LoopbackAws | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});

test("lists all pages, in order, whatever unit the time has", async () => {
  fake = await startLoopbackAws({
    DescribeQueryDefinitions: ({ nextToken }, call) => {
      if (call === 0) return THROTTLED;
      if (nextToken === undefined) {
        return {
          json: {
            queryDefinitions: [
              { queryDefinitionId: "2", name: "b", queryString: "fields b", lastModified: 1_549_321_515 },
              { queryDefinitionId: "3", name: "a", queryString: "fields a", logGroupNames: ["g"] },
            ],
            nextToken: "t",
          },
        };
      }
      const last = {
        queryDefinitionId: "1",
        name: "b",
        queryString: "fields c",
        lastModified: 1_549_321_515_123,
      };
      return { json: { queryDefinitions: [last] } };
    },
  });
  expect(await listSavedQueries(fake.logs, { namePrefix: "Incident" })).toEqual([
    { id: "3", name: "a", query: "fields a", logGroups: ["g"] },
    { id: "1", name: "b", query: "fields c", logGroups: [], lastModified: 1_549_321_515_123 },
    { id: "2", name: "b", query: "fields b", logGroups: [], lastModified: 1_549_321_515_000 },
  ]);
  expect(fake.calls.at(-1)?.input).toEqual({ queryDefinitionNamePrefix: "Incident", nextToken: "t" });
});

test("deletes by id", async () => {
  fake = await startLoopbackAws({ DeleteQueryDefinition: () => ({ json: { success: true } }) });
  await deleteSavedQuery(fake.logs, "id-1");
  expect(fake.calls).toEqual([{ operation: "DeleteQueryDefinition", input: { queryDefinitionId: "id-1" } }]);
});

test("says when there is no such saved query, or when AWS does not delete it", async () => {
  fake = await startLoopbackAws({
    DeleteQueryDefinition: ({ queryDefinitionId }) =>
      queryDefinitionId === "odd"
        ? { json: { success: false } }
        : { status: 400, code: "ResourceNotFoundException", message: "no such definition" },
  });
  const { logs } = fake;
  expect((await problemOf(() => deleteSavedQuery(logs, "gone"))).code).toBe("aws-not-found");
  expect((await problemOf(() => deleteSavedQuery(logs, "odd"))).code).toBe("saved-query-not-deleted");
});
