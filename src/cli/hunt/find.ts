import type { Hunt } from "../../model/hunt";
import { UsageError } from "../errors";
import { projectRoot } from "../project";
import type { Session } from "../session";
import { didYouMean } from "../suggest";

/**
 * The hunt with that id.
 *
 * @throws UsageError when there is none, with what may have been meant; CordonError when the library is broken.
 */
export async function findHunt(session: Session, id: string): Promise<Hunt> {
  const { loadLibrary } = await import("../../library");
  const { hunts } = loadLibrary(projectRoot(session));
  const hunt = hunts.get(id);
  if (hunt !== undefined) return hunt;
  throw new UsageError({
    code: "hunt-unknown",
    message: `there is no hunt ${JSON.stringify(id)}`,
    hint: didYouMean(id, hunts.keys(), "cordon hunt list"),
  });
}
