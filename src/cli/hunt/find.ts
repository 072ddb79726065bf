import type { Hunt } from "../../model/hunt";
import { UsageError } from "../errors";
import { soundLibrary } from "../library";
import type { Session } from "../session";
import { didYouMean } from "../suggest";

/**
 * The hunt with that id.
 *
 * @throws UsageError when there is none, with what may have been meant.
 */
export async function findHunt(session: Session, id: string): Promise<Hunt> {
  const { hunts } = await soundLibrary(session);
  const hunt = hunts.get(id);
  if (hunt !== undefined) return hunt;
  throw new UsageError({
    code: "hunt-unknown",
    message: `there is no hunt ${JSON.stringify(id)}`,
    hint: didYouMean(id, hunts.keys(), "cordon hunt list"),
  });
}
