import type { Library } from "../library";
import { formatProblem } from "../model/error";
import { projectRoot } from "./project";
import type { Session } from "./session";

/** The runbooks that can be used. */
export interface SoundLibrary extends Library {
  /** Whether these are all that there are. */
  complete: boolean;
}

/** The project's sound runbooks. What is wrong with the others is said on stderr, and keeps nobody from hunting. */
export async function soundLibrary(session: Session): Promise<SoundLibrary> {
  const { readLibrary } = await import("../library");
  const { library, problems } = readLibrary(projectRoot(session));
  for (const problem of problems) session.io.stderr.write(`${formatProblem(problem)}\n`);
  if (problems.length > 0) session.io.stderr.write("These runbooks are left out until they are mended.\n");
  return { ...library, complete: problems.length === 0 };
}
