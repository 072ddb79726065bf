const path = require("node:path");

/**
 * Installs moto and the Pulumi CLI where they are missing, before any test: building the CLI takes minutes, which no
 * test's time limit allows for.
 */
module.exports = async () => {
  const lab = path.join(__dirname, "..", "..", "dist", "lab");
  const { ensureMoto } = require(path.join(lab, "moto", "install"));
  const { ensurePulumi } = require(path.join(lab, "pulumi", "cli"));
  const report = (line) => process.stderr.write(`${line}\n`);
  await ensureMoto({ report });
  await ensurePulumi(report);
};
