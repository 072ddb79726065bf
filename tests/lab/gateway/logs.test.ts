import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteQueryDefinitionCommand,
  DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  PutLogEventsCommand,
  PutQueryDefinitionCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { LAB_START_TIMEOUT, type LabAws, outcome, startLabAws } from "../../support/lab-aws";

const GROUP = "app/log";
const COUNT = 25;

let lab: LabAws;
let logs: CloudWatchLogsClient;
let start: number;

beforeAll(async () => {
  lab = await startLabAws();
  logs = new CloudWatchLogsClient(lab.as(lab.operator));
  start = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  await put("one", (index) => ({ n: index, user: index % 2 === 0 ? "even" : "odd" }));
  await put("two", () => "not JSON: ERROR at last");
}, LAB_START_TIMEOUT);
afterAll(() => lab.stop());

async function put(logStreamName: string, message: (index: number) => unknown): Promise<void> {
  await logs.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName }));
  const logEvents = Array.from({ length: COUNT }, (_, index) => {
    const said = message(index);
    return {
      timestamp: start + index * 1000,
      message: typeof said === "string" ? said : JSON.stringify(said),
    };
  });
  await logs.send(new PutLogEventsCommand({ logGroupName: GROUP, logStreamName, logEvents }));
}

describe("queries", () => {
  const query = (input: Partial<StartQueryCommandInput>) =>
    logs.send(
      new StartQueryCommand({
        logGroupName: GROUP,
        startTime: start / 1000,
        endTime: start / 1000 + 600,
        queryString: "filter ispresent(n) | fields n | sort n asc",
        ...input,
      }),
    );

  async function ended(
    queryId = "",
    maxItems?: number,
    nextToken?: string,
  ): Promise<GetQueryResultsCommandOutput> {
    for (;;) {
      const input = { queryId, ...(maxItems && { maxItems }), ...(nextToken && { nextToken }) };
      const answer = await logs.send(new GetQueryResultsCommand(input));
      if (answer.status !== "Running") return answer;
    }
  }

  const column = ({ results }: GetQueryResultsCommandOutput, name: string) =>
    results?.map((row) => row.find(({ field }) => field === name)?.value);

  test("rows come in pages, with statistics", async () => {
    const { queryId } = await query({});
    const seen: (string | undefined)[] = [];
    let page = await ended(queryId, 10);
    expect(page).toMatchObject({
      status: "Complete",
      queryLanguage: "CWLI",
      statistics: {
        recordsMatched: COUNT,
        recordsScanned: 2 * COUNT,
        logGroupsScanned: 1,
        resultCount: COUNT,
      },
    });
    const sizes: (number | undefined)[] = [];
    for (;;) {
      sizes.push(page.results?.length);
      seen.push(...(column(page, "n") ?? []));
      if (page.nextToken === undefined) break;
      page = await ended(queryId, 10, page.nextToken);
    }
    expect(sizes).toEqual([10, 10, 5]);
    expect(seen).toEqual(Array.from({ length: COUNT }, (_, index) => String(index)));
    expect(column(page, "@ptr")?.every((pointer) => typeof pointer === "string")).toBe(true);
  });

  test("both ends of the range are included, in seconds or milliseconds", async () => {
    const range = { startTime: start / 1000 + 3, endTime: start / 1000 + 5 };
    expect(column(await ended((await query(range)).queryId), "n")).toEqual(["3", "4", "5"]);
    const exact = { startTime: start + 3000, endTime: start + 5000 };
    expect(column(await ended((await query(exact)).queryId), "n")).toEqual(["3", "4", "5"]);
  });

  test("limit, and log groups by identifier", async () => {
    const byArn = {
      logGroupName: undefined,
      logGroupIdentifiers: [`arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}`],
    };
    expect(column(await ended((await query({ ...byArn, limit: 2 })).queryId), "n")).toEqual(["0", "1"]);
  });

  test("a query that is not one says where", async () => {
    const queryString = "fields n\n| filter n ~ 3";
    await expect(query({ queryString })).rejects.toMatchObject({
      name: "MalformedQueryException",
      queryCompileError: {
        location: { startCharOffset: queryString.indexOf("~") },
        message: expect.any(String),
      },
    });
  });

  test.each([
    [
      { logGroupName: "nowhere" },
      "ResourceNotFoundException",
      "Log group 'nowhere' does not exist for account ID '123456789012'",
    ],
    [{ logGroupName: undefined }, "InvalidParameterException", "Exactly one of"],
    [{ logGroupNames: [GROUP] }, "InvalidParameterException", "Exactly one of"],
    [{ startTime: 10, endTime: 9 }, "InvalidParameterException", "End time"],
    [{ limit: 100_001 }, "InvalidParameterException", "less than or equal to 100000"],
    [{ queryString: "x".repeat(10_001) }, "InvalidParameterException", "less than or equal to 10000"],
    [{ queryLanguage: "SQL" as const }, "InvalidParameterException", "CWLI"],
  ])("%j is refused", async (input, name, message) => {
    await expect(query(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test("a query that has ended cannot be stopped, nor one that never was", async () => {
    const { queryId } = await query({});
    await ended(queryId);
    expect(await outcome(logs.send(new StopQueryCommand({ queryId })))).toBe("InvalidParameterException");
    expect(await outcome(logs.send(new StopQueryCommand({ queryId: "none" })))).toBe(
      "ResourceNotFoundException",
    );
    expect(await outcome(logs.send(new GetQueryResultsCommand({ queryId: "none" })))).toBe(
      "ResourceNotFoundException",
    );
    const { nextToken } = await ended(queryId, 5);
    const other = (await query({})).queryId;
    expect(await outcome(ended(other, 5, nextToken))).toBe("InvalidParameterException");
  });

  test("queries are listed, latest first, with where they looked", async () => {
    const { queryId } = await query({});
    const { queries = [] } = await logs.send(new DescribeQueriesCommand({ logGroupName: GROUP }));
    expect(queries[0]).toMatchObject({
      queryId,
      logGroupName: GROUP,
      queryString: expect.stringMatching(/^SOURCE "app\/log" START=\d+ END=\d+ \|\nfilter/),
    });
  });
});

describe("FilterLogEvents", () => {
  const filter = (input: Partial<FilterLogEventsCommandInput>) =>
    logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input }));

  test("a JSON pattern chooses by content, a term by text", async () => {
    const { events = [], searchedLogStreams } = await filter({
      filterPattern: '{ $.user = "odd" && $.n > 20 }',
    });
    expect(events.map(({ message }) => JSON.parse(message ?? "").n)).toEqual([21, 23]);
    expect(searchedLogStreams).toEqual([]);
    expect((await filter({ filterPattern: "ERROR -odd" })).events).toHaveLength(COUNT);
    expect((await filter({})).events).toHaveLength(2 * COUNT);
  });

  test("pages by limit, in order of time, and no token at the end", async () => {
    const stamps: number[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await filter({ limit: 20, ...(nextToken && { nextToken }) });
      stamps.push(...(page.events ?? []).map(({ timestamp = 0 }) => timestamp));
      nextToken = page.nextToken;
      pages++;
    } while (nextToken !== undefined);
    expect(pages).toBe(3);
    expect(stamps).toHaveLength(2 * COUNT);
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
  });

  test("streams by name and by prefix, times in milliseconds with both ends", async () => {
    expect((await filter({ logStreamNames: ["two"] })).events).toHaveLength(COUNT);
    expect((await filter({ logStreamNamePrefix: "o" })).events).toHaveLength(COUNT);
    const range = { startTime: start + 1000, endTime: start + 2000, logStreamNames: ["one"] };
    const { events = [] } = await filter(range);
    expect(events.map(({ message }) => JSON.parse(message ?? "").n)).toEqual([1, 2]);
    expect(events[0]).toMatchObject({
      logStreamName: "one",
      timestamp: start + 1000,
      eventId: expect.any(String),
    });
  });

  test("a page can be empty and not be the last", async () => {
    const name = "large/log";
    await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    await logs.send(new CreateLogStreamCommand({ logGroupName: name, logStreamName: "s" }));
    for (const part of [0, 1, 2]) {
      const logEvents = [
        { timestamp: start + part, message: "x".repeat(600_000) + (part === 2 ? "NEEDLE" : "") },
      ];
      await logs.send(new PutLogEventsCommand({ logGroupName: name, logStreamName: "s", logEvents }));
    }
    const first = await filter({ logGroupName: name, filterPattern: "NEEDLE" });
    expect(first).toMatchObject({ events: [], nextToken: expect.any(String) });
    const second = await filter({ logGroupName: name, filterPattern: "NEEDLE", nextToken: first.nextToken });
    expect(second.events).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([
    [{ logGroupName: "nowhere" }, "ResourceNotFoundException", "The specified log group does not exist."],
    [{ filterPattern: "{ $.a ~ 1 }" }, "InvalidParameterException", "Invalid filter pattern"],
    [{ filterPattern: "x".repeat(1025) }, "InvalidParameterException", "less than or equal to 1024"],
    [{ limit: 10_001 }, "InvalidParameterException", "Member must have value less than or equal to 10000"],
    [{ nextToken: "made-up" }, "InvalidParameterException", "The specified nextToken is invalid."],
    [{ startTime: 2, endTime: 1 }, "InvalidParameterException", "Start time"],
    [
      { logStreamNames: ["one"], logStreamNamePrefix: "o" },
      "InvalidParameterException",
      "mutually exclusive",
    ],
  ])("%j is refused", async (input, name, message) => {
    await expect(filter(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  test("a token is good for its own call alone", async () => {
    const { nextToken } = await filter({ limit: 1 });
    const call = filter({ limit: 1, filterPattern: "ERROR", ...(nextToken && { nextToken }) });
    expect(await outcome(call)).toBe("InvalidParameterException");
  });
});

test("TestMetricFilter says which messages match and what was extracted", async () => {
  const logEventMessages = ["127.0.0.1 - frank 200", "127.0.0.1 - frank 404"];
  const { matches } = await logs.send(
    new TestMetricFilterCommand({ filterPattern: "[ip, id, user, status = 404]", logEventMessages }),
  );
  expect(matches).toEqual([
    expect.objectContaining({
      eventNumber: 1,
      eventMessage: logEventMessages[1],
      extractedValues: expect.any(Object),
    }),
  ]);
  const call = logs.send(new TestMetricFilterCommand({ filterPattern: "{ $.a ~ 1 }", logEventMessages }));
  expect(await outcome(call)).toBe("InvalidParameterException");
});

test("saved queries belong to a region, are replaced whole and deleted once", async () => {
  const elsewhere = new CloudWatchLogsClient({ ...lab.as(lab.operator), region: "eu-central-1" });
  const saved = { name: "Incident Response/Denied", queryString: "fields @message", logGroupNames: [GROUP] };
  const { queryDefinitionId } = await logs.send(new PutQueryDefinitionCommand(saved));
  const list = async (client: CloudWatchLogsClient) =>
    (
      await client.send(
        new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: "Incident Response/" }),
      )
    ).queryDefinitions;
  expect(await list(logs)).toEqual([expect.objectContaining({ ...saved, queryDefinitionId })]);
  expect(await list(elsewhere)).toEqual([]);
  const { name, queryString } = saved;
  await logs.send(new PutQueryDefinitionCommand({ queryDefinitionId, name, queryString }));
  expect(await list(logs)).toEqual([expect.objectContaining({ queryDefinitionId, logGroupNames: [] })]);
  const remove = () => logs.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }));
  expect((await remove()).success).toBe(true);
  expect(await outcome(remove())).toBe("ResourceNotFoundException");
});
