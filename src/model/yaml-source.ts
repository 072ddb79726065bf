import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { closest } from "./closest";
import { CordonError, type Place, type Problem } from "./error";

/** A YAML file that is larger than this is refused before it is parsed: no runbook or stack file comes near. Bytes. */
export const MAX_YAML_BYTES = 1_000_000;

type Path = readonly PropertyKey[];

/** A parsed YAML file that knows where each of its values stands. */
export interface YamlSource {
  file: string;
  text: string;
  /** The document's value as plain JavaScript; `undefined` for an empty file. */
  value: unknown;
  /** Where the value at `path` stands, or the nearest thing above it that exists. */
  place(path: Path): Place;
  /** Where the key at `path` stands, for problems with a key rather than its value. */
  keyPlace(path: Path): Place;
  /** The node at `path`, with its source range, for edits that leave the rest byte for byte. */
  node(path: Path): Node | undefined;
}

/**
 * Parses one YAML document. Aliases and anchors, duplicate keys, merge keys, tags other than the core schema's, and
 * more than one document are refused.
 *
 * @throws CordonError with every problem found, each with file, line and column.
 */
export function parseYaml(text: string, file: string): YamlSource {
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) {
    throw new CordonError({
      code: "yaml-too-large",
      message: `the file is larger than ${MAX_YAML_BYTES} bytes`,
      place: { file },
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
    merge: false,
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    code: "yaml-syntax",
    message: error.message,
    place: at(error.pos[0]),
  }));
  problems.push(...forbidden(document.contents, at));
  if (problems.length > 0) throw new CordonError(problems);

  const find = (path: Path): { node: Node | undefined; key: Node | undefined } => {
    let node: Node | undefined = document.contents ?? undefined;
    let key: Node | undefined;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
        if (pair === undefined) break;
        key = isNode(pair.key) ? pair.key : undefined;
        node = isNode(pair.value) ? pair.value : key;
      } else if (isSeq(node)) {
        const item = node.items[Number(step)];
        if (!isNode(item)) break;
        key = node = item;
      } else break;
    }
    return { node, key };
  };
  const placeOf = (node: Node | undefined, path: Path): Place => ({
    ...at(node?.range?.[0] ?? 0),
    ...(path.length > 0 && { path: formatPath(path) }),
  });
  return {
    file,
    text,
    value: document.contents === null ? undefined : document.toJS({ maxAliasCount: 0 }),
    place: (path) => placeOf(find(path).node, path),
    keyPlace: (path) => {
      const { node, key } = find(path);
      return placeOf(key ?? node, path);
    },
    node: (path) => find(path).node,
  };
}

/** `cordon:blockList[2].user` */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`))
    .join("");
}

/**
 * Checks the value at `base` of a YAML file against a schema.
 *
 * @returns the parsed value, or every problem with its place: never both.
 */
export function checkYaml<T>(
  source: YamlSource,
  schema: z.ZodType<T>,
  base: Path = [],
): { value: T; problems?: never } | { value?: never; problems: Problem[] } {
  const root = base.reduce<unknown>(
    (value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step],
    source.value,
  );
  const result = schema.safeParse(root, { error: explain });
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, source, base)) };
}

/** Messages in place of zod's. For unknown keys: the known ones, which only this hook sees, with blanks between. */
function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === "unrecognized_keys") {
    const shape = issue.inst?._zod.def;
    return shape !== undefined && "shape" in shape && shape.shape instanceof Object
      ? Object.keys(shape.shape).join(" ")
      : undefined;
  }
  if (issue.input !== undefined) return undefined;
  if (issue.code === "invalid_type") return `missing: expected ${issue.expected}`;
  if (issue.code === "invalid_value") return `missing: expected ${issue.values.map(String).join(" or ")}`;
  return undefined;
}

function problemsOf(issue: z.core.$ZodIssue, source: YamlSource, base: Path): Problem[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const known = issue.message.split(" ");
    return issue.keys.map((key) => {
      const meant = closest(key, known);
      return {
        code: "yaml-unknown-key",
        message: `unknown key ${JSON.stringify(key)}`,
        hint:
          meant === undefined ? `the keys are ${known.join(", ")}` : `did you mean ${JSON.stringify(meant)}?`,
        place: source.keyPlace([...path, key]),
      };
    });
  }
  if (issue.code === "invalid_key") {
    return issue.issues.map(({ message }) => ({
      code: "yaml-schema",
      message,
      place: source.keyPlace(path),
    }));
  }
  return [{ code: "yaml-schema", message: issue.message, place: source.place(path) }];
}

const CORE_TAG = /^(?:!|tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq))$/;

/** What YAML allows and a reviewer would not see through, wherever it stands under `node`. */
function forbidden(node: unknown, at: (offset: number) => Place): Problem[] {
  if (!isNode(node)) return [];
  const problem = (code: string, message: string, hint: string): Problem[] => [
    { code, message, hint, place: at(node.range?.[0] ?? 0) },
  ];
  // Aliases let a small file expand without end, and hide what a line means.
  if (isAlias(node) || ("anchor" in node && node.anchor)) {
    return problem("yaml-alias", "anchors and aliases are not allowed", "write the value out");
  }
  // The library knows more tags than the core schema has, and makes dates and bytes of them.
  if (node.tag !== undefined && !CORE_TAG.test(node.tag)) {
    return problem("yaml-tag", `the tag ${node.tag} is not allowed`, "write the value as text");
  }
  if (isMap(node)) {
    return node.items.flatMap(({ key, value }) => [
      ...(isMap(key) || isSeq(key) ? oddKey(key, at) : forbidden(key, at)),
      ...forbidden(value, at),
    ]);
  }
  return isSeq(node) ? node.items.flatMap((item) => forbidden(item, at)) : [];
}

/** `{{name}}` without quotes is a map whose key is a map: a slip that YAML does not mind. */
function oddKey(key: Node, at: (offset: number) => Place): Problem[] {
  return [
    {
      code: "yaml-key",
      message: "a key is text, not a map or a list",
      hint: 'put quotes around what holds braces: "{{name}}"',
      place: at(key.range?.[0] ?? 0),
    },
  ];
}
