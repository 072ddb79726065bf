/** Loaded before the runner, in the process of the program: see `run.ts`. */
import util from "node:util";
import { dieWithParent } from "../parent";

dieWithParent();

/*
 * Node 20's util.inspect(error, { colors: true }) is stuck for half a minute on a stack frame such as
 * `node_modules/@pulumi/config.ts:1:2`, where no folder follows the scope. Pulumi's source maps name such files, and its
 * runner inspects every error that a program does not catch. So: no colours.
 */
const inspect = util.inspect;
util.inspect = Object.assign(
  (value: unknown, options?: unknown, ...rest: unknown[]) =>
    Reflect.apply(inspect, util, [
      value,
      typeof options === "object" ? { ...options, colors: false } : options,
      ...rest,
    ]),
  inspect,
);
