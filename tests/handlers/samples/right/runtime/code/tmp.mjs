import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const before = readdirSync("/tmp").length;
const LOG = "/tmp/log.txt";

export const handler = async (event, context) => {
  appendFileSync(LOG, `${event.name}\n`);
  const lines = readFileSync(`/tmp/log.txt`, "utf8").trimEnd().split("\n").length;
  const folder = mkdtempSync(join(tmpdir(), "try-"));
  return { before, lines, elsewhere: dirname(folder) === dirname(LOG) };
};
