/**
 * The executable `pulumi-resource-aws`: started by the engine, it prints the port that it serves on as the first line
 * of standard output (nothing may come before) and runs until the engine interrupts it or is gone.
 */
import { dieWithParent } from "../pulumi/parent";
import { AwsProvider } from "./provider";
import { serve } from "./server";

dieWithParent();
serve(new AwsProvider()).then(
  ({ port }) => console.log(port),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
