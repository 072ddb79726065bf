import type { BlockListEntry } from "./block-list";
import { ACTED_ON } from "./printable";
import { isPlainString } from "./quoted-scalars";

/** What needs no quotes wherever it stands in a block mapping. */
const PLAIN = /^[A-Za-z][A-Za-z0-9 _.@/+=,()-]*$/;

/**
 * An entry as the lines of a block mapping in YAML, without indentation: `user: mallory` first, then what is known
 * about it in the order of the schema.
 */
export function entryLines(entry: BlockListEntry): string[] {
  const { entity, reason, ticket, owner, since, until, mode, issuedBefore, session, fallback } = entry;
  const about = { reason, ticket, owner, since, until, mode, issuedBefore, session, fallback };
  const { evidence = [], override = [] } = entry;
  return [
    `${entity.kind}: ${yamlString(entity.name)}`,
    ...Object.entries(about).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}: ${yamlString(value)}`],
    ),
    ...(evidence.length > 0 ? ["evidence:", ...evidence.map((id) => `  - ${yamlString(id)}`)] : []),
    ...(override.length > 0 ? ["override:"] : []),
    ...override.flatMap(({ rule, reason: why }) => [
      `  - rule: ${yamlString(rule)}`,
      `    reason: ${yamlString(why)}`,
    ]),
  ];
}

/**
 * A string as a YAML scalar on one line that every reader of YAML takes for that string. It is quoted wherever that is
 * not beyond doubt, and what a reviewer would not see is written as its escape.
 */
export function yamlString(text: string): string {
  if (PLAIN.test(text) && !text.endsWith(" ") && isPlainString(text)) return text;
  return JSON.stringify(text).replace(ACTED_ON, (character) => {
    const code = character.codePointAt(0)?.toString(16) ?? "";
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}
