// What makes a program slow to start is what it loads: the engine of the hunts is nothing that a block list needs.
const HEAVY = [
  "../../src/library",
  "../../src/insights",
  "../../src/filter-pattern",
  "../../src/model/hunt",
  "re2js",
];

function load(path: string): void {
  jest.isolateModules(() => {
    for (const heavy of HEAVY) {
      jest.doMock(heavy, () => {
        throw new Error(`${heavy} is loaded`);
      });
    }
    require(path);
  });
}

test("a containment stack loads neither the runbooks nor the engine", () => {
  expect(() => load("../../index")).not.toThrow();
  expect(() => load("../../components/containment-stack")).not.toThrow();
});

test("a hunts stack does, so that this test would see it", () => {
  expect(() => load("../../components/hunts-stack")).toThrow(/is loaded/);
});
