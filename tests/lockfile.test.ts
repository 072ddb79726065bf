import { readFileSync } from "node:fs";
import path from "node:path";

interface Locked {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}
const { packages } = JSON.parse(readFileSync(path.join(__dirname, "..", "package-lock.json"), "utf8")) as {
  packages: Record<string, Locked>;
};

test("the lockfile holds the packages of every platform, so that `npm ci` accepts it on each", () => {
  const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${at}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test("the lockfile names no registry: whoever installs uses their own", () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
