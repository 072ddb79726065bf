import path from "node:path";
import { type Context, checkInstallation, findOnPath, NotThere } from "./tool";

/** The folder of the `pulumi` on PATH. @throws Error when there is none, or none that the lab can use. */
export async function fromPath(context: Context): Promise<string> {
  const pulumi = await findOnPath("pulumi", context.environment);
  if (pulumi === undefined) throw new NotThere("there is no pulumi on PATH");
  const folder = path.dirname(pulumi);
  await checkInstallation(folder, context);
  return folder;
}
