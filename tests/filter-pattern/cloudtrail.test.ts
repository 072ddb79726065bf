import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { compile } from "../../src/filter-pattern";
import { testData } from "../support/test-data";

/** The fields that the searches speak of. */
interface Record {
  errorCode?: string;
  eventName: string;
  sourceIPAddress?: string;
  userIdentity?: { accessKeyId?: string };
}

const folder = testData("cloudtrail");

function records(root: string): Record[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json.gz"))
    .flatMap((name) => JSON.parse(gunzipSync(readFileSync(path.join(root, name))).toString()).Records);
}

/** The value that stands in most records. */
function commonest(values: (string | undefined)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

(folder ? describe : describe.skip)(
  "the lab's searches over public CloudTrail records (needs CORDON_TEST_DATA)",
  () => {
    const all = folder ? records(folder) : [];
    const texts = all.map((record) => JSON.stringify(record));
    const found = (pattern: string) => {
      const { matches } = compile(pattern);
      return texts.flatMap((text, index) => (matches(text) ? [index] : []));
    };
    const which = (holds: (record: Record, text: string) => boolean) =>
      all.flatMap((record, index) => (holds(record, texts[index] ?? "") ? [index] : []));

    test("there are records", () => {
      expect(all.length).toBeGreaterThan(3000);
    });

    test("denied calls of roles or of users", () => {
      const expected = which((_, text) => /AccessDenied|Client\.UnauthorizedOperation/.test(text));
      expect(found('?"AccessDenied" ?"Client.UnauthorizedOperation"')).toEqual(expected);
      expect(expected.length).toBeGreaterThan(10);
      const exact = which(
        ({ errorCode }) => errorCode === "AccessDenied" || errorCode === "Client.UnauthorizedOperation",
      );
      expect(
        found('{ $.errorCode = "AccessDenied" || $.errorCode = "Client.UnauthorizedOperation" }'),
      ).toEqual(exact);
      expect(exact.length).toBeGreaterThan(10);
    });

    test("an access key id", () => {
      const id = commonest(
        all.map(({ userIdentity }) => userIdentity?.accessKeyId).filter((key) => !key?.includes("*")),
      );
      const expected = which((_, text) => text.split(id).length > 1);
      expect(found(`"${id}"`)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(100);
      expect(found(`{ $.userIdentity.accessKeyId = "${id}" }`)).toEqual(
        which(({ userIdentity }) => userIdentity?.accessKeyId === id),
      );
    });

    test("a source IP address", () => {
      const address = commonest(all.map(({ sourceIPAddress }) => sourceIPAddress));
      const expected = which((_, text) => text.split(address).length > 1);
      expect(found(`"${address}"`)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(100);
      expect(found(`{ $.sourceIPAddress = ${address} }`)).toEqual(
        which(({ sourceIPAddress }) => sourceIPAddress === address),
      );
    });

    test("ListBuckets", () => {
      const expected = which((_, text) => /ListBuckets/.test(text));
      expect(found("ListBuckets")).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
      expect(found('{ $.eventName = "ListBuckets" }')).toEqual(
        which(({ eventName }) => eventName === "ListBuckets"),
      );
    });
  },
);
