import { z } from "zod";
import { type Account, type Entity, readEntityText } from "./entity";
import type { Problem } from "./error";
import { checkYaml, type YamlSource } from "./yaml-source";

/**
 * Reads a list of entities, `user/NAME` or an ARN each, at `base` of a stack's file.
 *
 * @param account whose ARNs are accepted; without it, those of any account are.
 * @returns the entities, or every problem: never both.
 */
export function readEntityList(
  source: YamlSource,
  base: readonly PropertyKey[],
  account: Account | undefined,
): { value: Entity[]; problems?: never } | { value?: never; problems: Problem[] } {
  const what = `${String(base.at(-1))} must be a list of user/NAME, role/NAME or ARNs`;
  const checked = checkYaml(source, z.array(z.string(what), what), base);
  if (checked.problems) return { problems: checked.problems };
  const problems: Problem[] = [];
  const value = checked.value.flatMap((text, index) => {
    const { entity, problem } = readEntityText(text, account);
    if (problem !== undefined) problems.push({ ...problem, place: source.place([...base, index]) });
    return entity === undefined ? [] : [entity];
  });
  return problems.length > 0 ? { problems } : { value };
}
