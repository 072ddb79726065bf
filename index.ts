import { runProgram } from "./components/program";
import { readStack } from "./components/stack-input";

// Each stack loads what it needs and no more: most of a preview's time is spent loading.
export = () =>
  runProgram(async () => {
    const stack = readStack();
    if (stack.kind === "hunts") return (await import("./components/hunts-stack")).saveHunts(stack, __dirname);
    if (stack.kind === "pipeline") return (await import("./components/pipeline-stack")).makeRoles(stack);
    return (await import("./components/containment-stack")).contain(stack);
  });
