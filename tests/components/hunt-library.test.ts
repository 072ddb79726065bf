import * as pulumi from "@pulumi/pulumi";
import { HuntLibrary } from "../../components/hunt-library";
import { mockPulumi, outputValue, settled } from "../support/pulumi-mocks";

// Under mocks nothing is said about what the provider or AWS make of the inputs.
const queries = [
  { id: "buckets", name: "Incident Response/Discovery/Buckets", queryString: "fields eventName" },
  { id: "key", name: "Incident Response/Triage/Key", queryString: "fields userAgent" },
];
const TYPE = "aws:cloudwatch/queryDefinition:QueryDefinition";

test("each hunt is one saved query of the component, with exactly these inputs", async () => {
  const { registered } = await mockPulumi();
  const library = new HuntLibrary("hunts", { queries, logGroupNames: ["b", "a"] });
  await outputValue(library.queryIds);
  expect(registered).toEqual([
    expect.objectContaining({ type: "cordon:index:HuntLibrary", name: "hunts", inputs: {} }),
    expect.objectContaining({
      type: TYPE,
      name: "hunts-buckets",
      inputs: {
        name: "Incident Response/Discovery/Buckets",
        queryString: "fields eventName",
        logGroupNames: ["a", "b"],
      },
    }),
    expect.objectContaining({
      type: TYPE,
      name: "hunts-key",
      inputs: {
        name: "Incident Response/Triage/Key",
        queryString: "fields userAgent",
        logGroupNames: ["a", "b"],
      },
    }),
  ]);
});

test("the saved queries' ids are given by hunt", async () => {
  await mockPulumi();
  const library = new HuntLibrary("hunts", { queries, logGroupNames: pulumi.output(["a"]) });
  expect(await outputValue(library.queryIds)).toEqual({
    buckets: "hunts-buckets-uuid",
    key: "hunts-key-uuid",
  });
});

test("no hunts, no saved queries", async () => {
  const { registered } = await mockPulumi();
  expect(await outputValue(new HuntLibrary("hunts", { queries: [], logGroupNames: [] }).queryIds)).toEqual(
    {},
  );
  await settled();
  expect(registered.map(({ type }) => type)).toEqual(["cordon:index:HuntLibrary"]);
});
