import { equals, fromJson, type Structure, type Value } from "../values/value";
import { ofText, ofValue, type ScalarFunction, textEvaluator } from "./definition";

const SOURCE = "CWL_QuerySyntax-operations-functions, JSON functions and Structure types";
const GROUP = "JSON";

/** Deeper structures are refused: whoever walks them might run out of stack. */
const MAX_DEPTH = 500;

function isShallow(node: unknown, depth = 0): boolean {
  if (typeof node !== "object" || node === null) return true;
  return depth < MAX_DEPTH && Object.values(node).every((child) => isShallow(child, depth + 1));
}

function parseJson(text: string): Structure | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && isShallow(value) ? (value as Structure | null) : null;
  } catch {
    return null;
  }
}

/** A list, or the text of one. */
function listOf(value: Value): readonly unknown[] | null {
  const structure = typeof value === "string" ? parseJson(value) : value;
  return Array.isArray(structure) ? structure : null;
}

export const jsonFunctions: readonly ScalarFunction[] = [
  {
    kind: "scalar",
    name: "jsonParse",
    group: GROUP,
    parameters: ["value"],
    summary: "The map or list that a text holds; absent for any other text.",
    source: SOURCE,
    examples: [
      ['jsonParse("{\\"user\\": {\\"id\\": 7}}").user.id', "7"],
      ['jsonParse("[10, 20]")[1]', "20"],
      ['jsonParse("{")', null],
    ],
    compile: ofText(parseJson),
  },
  {
    kind: "scalar",
    name: "jsonStringify",
    group: GROUP,
    parameters: ["value"],
    summary: "A map or list as text.",
    source: SOURCE,
    examples: [
      ['jsonStringify(jsonParse("[1, 2]"))', "[1,2]"],
      ["jsonStringify(nothing)", null],
    ],
    compile: ofValue((value) => (value === null ? null : JSON.stringify(value))),
  },
  {
    kind: "scalar",
    name: "jsonArraySize",
    group: GROUP,
    parameters: ["list"],
    summary: "The number of items of a list, of a field that holds a JSON array, or of the text of one.",
    source: SOURCE,
    examples: [
      ['jsonArraySize("[1, 2, 3]")', "3"],
      ["jsonArraySize(list)", "2"],
      ['jsonArraySize("{}")', null],
    ],
    compile: ofValue((value) => listOf(value)?.length ?? null),
  },
  {
    kind: "scalar",
    name: "jsonArrayContains",
    group: GROUP,
    parameters: ["list", "value"],
    summary:
      "1 if a list, a field that holds a JSON array, or the text of one, has the item, upper and lower case apart.",
    source: SOURCE,
    examples: [
      ['jsonArrayContains("[\\"a\\", \\"b\\"]", "b")', "1"],
      ['jsonArrayContains("[\\"a\\"]", "A")', "0"],
      ['jsonArrayContains(list, "b")', "1"],
      ['jsonArrayContains(nothing, "a")', "0"],
    ],
    compile: ([list, item]) => {
      if (list === undefined || item === undefined) return () => 0;
      const text = textEvaluator(item);
      return (row) => {
        const wanted = text(row);
        return listOf(list.value(row))?.some((value) => equals(fromJson(value), wanted)) ? 1 : 0;
      };
    },
  },
];
