// Runs one handler as one execution environment would, with stubs instead of AWS.
//
// Reads a request (JSON) from standard input and prints what happened (JSON) on standard output: tests/handlers.rs says what is in both.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import os from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { SERVICES, snakeCase, state } from "./stub_aws.mjs";

const STUB_AWS = JSON.stringify(new URL("stub_aws.mjs", import.meta.url).href);

/** The source of every package that a handler can import. */
const packages = () => {
  const sources = {
    "@aws-sdk/lib-dynamodb": `export * from ${JSON.stringify(new URL("stub_documents.mjs", import.meta.url).href)};`,
    sharp: `export { default } from ${JSON.stringify(new URL("stub_sharp.mjs", import.meta.url).href)};`,
  };
  for (const [service, about] of Object.entries(SERVICES)) {
    sources[about.package] = [
      `import { clientOf, commandOf, errorOf } from ${STUB_AWS};`,
      `export const ${about.client} = clientOf("${service}");`,
      ...about.operations.map((operation) => `export const ${operation}Command = commandOf("${service}", "${snakeCase(operation)}");`),
      ...about.errors.map((error) => `export const ${error} = errorOf("${error}");`),
    ].join("\n");
  }
  return sources;
};

/** A folder with the handler and the packages beside it, as a deployment package has them. */
const unpack = (folder, file, ownTmp) => {
  for (const [name, source] of Object.entries(packages())) {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), JSON.stringify({ name, type: "module", exports: "./index.js" }));
    writeFileSync(join(place, "index.js"), source);
  }
  // An environment has a /tmp of its own, so here it gets a folder of its own.
  const source = readFileSync(file, "utf8").replace(/(["'`])\/tmp(?=[/"'`])/g, (_, quote) => quote + ownTmp);
  const unpacked = join(folder, basename(file));
  writeFileSync(unpacked, source);
  return unpacked;
};

const load = async (file) => {
  const module = await import(pathToFileURL(file).href);
  if (typeof module.handler !== "function") {
    const missing = new Error(`${basename(file)} exports no function named handler`);
    missing.name = "Runtime.HandlerNotFound";
    throw missing;
  }
  return module.handler;
};

/** What Lambda hands to a handler beside the event. */
const contextOf = (call, remainingMs) => {
  const remaining = [...remainingMs];
  return {
    awsRequestId: `00000000-0000-4000-8000-${String(call).padStart(12, "0")}`,
    callbackWaitsForEmptyEventLoop: true,
    functionName: "handler",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:111122223333:function:handler",
    logGroupName: "/aws/lambda/handler",
    logStreamName: "2026/01/05/[$LATEST]0123456789abcdef0123456789abcdef",
    memoryLimitInMB: "128",
    getRemainingTimeInMillis: () => (remaining.length > 1 ? remaining.shift() : remaining[0]),
  };
};

/** What a call returns, as the caller gets it. */
const invoke = async (handler, request, call) => {
  const returned = await handler(structuredClone(request.event), contextOf(call, request.remaining_ms));
  try {
    return JSON.parse(JSON.stringify(returned ?? null) ?? "null");
  } catch {
    throw new Error("Unable to stringify response body");
  }
};

const describe = (error) => ({
  raises: error instanceof Error ? error.name : typeof error,
  message: error instanceof Error ? error.message : String(error),
});

/** The end of the last call; an environment whose code does not load ends before the first. */
const outcome = async (request, file) => {
  let end;
  try {
    const handler = await load(file);
    for (let call = 1; call <= request.calls; call += 1) {
      end = await invoke(handler, request, call).then((returns) => ({ returns }), describe);
    }
  } catch (error) {
    end = describe(error);
  }
  return end;
};

/** Collects what the handler prints, and returns how to print in spite of that. */
const capture = (printed) => {
  const print = process.stdout.write.bind(process.stdout);
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (text) => {
      printed.push(String(text));
      return true;
    };
  }
  return print;
};

const main = async () => {
  const request = JSON.parse(readFileSync(0, "utf8"));
  const ownTmp = join(request.folder, "tmp");
  mkdirSync(ownTmp);
  const file = unpack(request.folder, request.file, ownTmp);

  Object.assign(process.env, request.env);
  Object.assign(state.stub, request.stub);
  os.tmpdir = () => ownTmp;
  net.Socket.prototype.connect = () => {
    throw new Error("handlers are run without a network");
  };
  syncBuiltinESMExports();

  const printed = [];
  const print = capture(printed);
  const end = await outcome(request, file);
  const lines = printed.join("").split("\n");
  if (lines.at(-1) === "") lines.pop();
  print(`${JSON.stringify({ ...end, sends: state.sends, clients: state.clients, printed: lines })}\n`);
};

await main();
