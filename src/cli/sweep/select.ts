import type { Hunt } from "../../model/hunt";
import { asUsage, UsageError } from "../errors";
import { Exit } from "../exit-codes";
import { findHunt } from "../hunt/find";
import { soundLibrary } from "../library";
import { checkParameters, type Values } from "../parameters";
import type { Session } from "../session";
import { didYouMean } from "../suggest";

/** A hunt that is run, with its query filled in. */
export interface Chosen {
  hunt: Hunt;
  values: Values;
  query: string;
}

export interface Selection {
  chosen: Chosen[];
  /** Hunts that need a parameter which nobody has given. */
  asking: Hunt[];
}

/**
 * The hunts to run: those that are picked, else all that have what they need.
 *
 * @throws UsageError for a hunt or parameter that there is not, and for one that a picked hunt lacks
 */
export async function selectHunts(
  picked: readonly string[] | undefined,
  values: Values,
  session: Session,
): Promise<Selection> {
  const { renderQuery } = await import("../../model/hunt");
  const hunts =
    picked === undefined
      ? await allHunts(session)
      : await Promise.all([...new Set(picked)].map((id) => findHunt(session, id)));
  refuseUnknown(hunts, values);
  const selection: Selection = { chosen: [], asking: [] };
  for (const hunt of hunts) {
    const own = ownValues(hunt, values);
    if (picked !== undefined) checkParameters(`the hunt ${hunt.id}`, hunt.parameters, own);
    if (Object.keys(hunt.parameters).some((name) => !(name in own))) selection.asking.push(hunt);
    else selection.chosen.push({ hunt, values: own, query: asUsage(() => renderQuery(hunt, own)) });
  }
  return selection;
}

async function allHunts(session: Session): Promise<Hunt[]> {
  const { hunts, complete } = await soundLibrary(session);
  if (!complete) session.exitCode = Exit.partial;
  return [...hunts.values()];
}

function ownValues({ parameters }: Hunt, values: Values): Values {
  const own: Values = Object.create(null);
  for (const [name, value] of Object.entries(values)) if (Object.hasOwn(parameters, name)) own[name] = value;
  return own;
}

function refuseUnknown(hunts: readonly Hunt[], values: Values): void {
  const known = new Set(hunts.flatMap(({ parameters }) => Object.keys(parameters)));
  const problems = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({
      code: "parameter-unknown",
      message: `none of these hunts has a parameter ${JSON.stringify(name)}`,
      hint: didYouMean(name, known, "cordon hunt list"),
    }));
  if (problems.length > 0) throw new UsageError(problems);
}
