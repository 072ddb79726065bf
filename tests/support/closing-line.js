const { writeSync } = require("node:fs");

/**
 * Prints, after all else, how many tests passed and failed, alone on a line. A suite that could not even be loaded
 * counts as failed.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
    // Jest's own summary comes after every reporter has been told.
    process.once("exit", () =>
      writeSync(2, `${results.numPassedTests} passed, ${failed} failed${skipped}\n`),
    );
  }
};
