#!/usr/bin/env node

// Starts the compiled command line. Nothing else belongs here: it runs before anything is known to be built.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const main = join(__dirname, "..", "dist", "src", "cli", "main.js");
if (existsSync(main)) {
  require(main).main();
} else {
  process.stderr.write(
    `cordon is not built yet: ${main} is missing (run "npm run setup" in ${join(__dirname, "..")})\n`,
  );
  process.exitCode = 1;
}
