import { didYouMean } from "../../src/cli/suggest";

const ids = ["access-key-activity", "access-key-created", "s3-list-buckets", "users-created"];

test.each([
  ["acces-key-activty", "did you mean access-key-activity?"],
  ["S3-LIST-BUCKETS", "did you mean s3-list-buckets?"],
  ["buckets", "did you mean s3-list-buckets?"],
  ["key created", "did you mean access-key-created or access-key-activity or users-created?"],
  ["zzz", "cordon hunt list names them all"],
])("%s", (text, hint) => {
  expect(didYouMean(text, ids, "cordon hunt list")).toBe(hint);
});
