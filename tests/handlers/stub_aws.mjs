// The clients of AWS's SDK without AWS: the operations of services.json, answered by the case.

import { readFileSync } from "node:fs";

export const SERVICES = JSON.parse(readFileSync(new URL("services.json", import.meta.url), "utf8"));
export const state = { stub: {}, sends: [], clients: 0, asked: {} };

export const snakeCase = (operation) => operation.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();

/** What a service answers with an error. */
class ServiceException extends Error {
  $fault = "client";
  $metadata = { httpStatusCode: 400 };
}

const errors = {};

/** The class of an error: the one that the package exports is the one that is thrown. */
export const errorOf = (name) => {
  errors[name] ??= class extends ServiceException {
    name = name;
  };
  return errors[name];
};

/** A body that is read as text or as bytes. */
class Body {
  #text;

  constructor(text) {
    this.#text = text;
  }

  async transformToString(encoding) {
    return Buffer.from(this.#text).toString(encoding);
  }

  async transformToByteArray() {
    return new Uint8Array(Buffer.from(this.#text));
  }

  async *[Symbol.asyncIterator]() {
    yield Buffer.from(this.#text);
  }
}

/** The bytes of an answer that arrives as a whole. */
class Payload extends Uint8Array {
  transformToString(encoding) {
    return Buffer.from(this).toString(encoding);
  }
}

/** What the case says that this call is answered: always the same, or a list's next, whose last stays. */
const stubbed = (name) => {
  const given = state.stub[name] ?? {};
  if (!Array.isArray(given)) return structuredClone(given);
  const turn = state.asked[name] ?? 0;
  state.asked[name] = turn + 1;
  return structuredClone(given[Math.min(turn, given.length - 1)] ?? {});
};

const fail = (name, message) => {
  const Failure = errorOf(name);
  throw new Failure(message ?? "so says the stub");
};

/** Sends a command: counts it, and answers what the case says. */
export const send = (command) => {
  const { service, operation, input } = command;
  if (!service) throw new TypeError("client.send takes a command");
  const name = `${service}.${operation}`;
  state.sends.push(name);
  if (service === "dynamodb" && command.typed) checkTyped(input);
  const { error, message, ...answer } = stubbed(name);
  if (error) fail(error, message);
  if (typeof answer.Body === "string") answer.Body = new Body(answer.Body);
  if (typeof answer.Payload === "string") answer.Payload = Payload.from(Buffer.from(answer.Payload));
  return { $metadata: { httpStatusCode: 200 }, ...answer };
};

/** The plain client of DynamoDB wants each value with its type; the service refuses a number that is not text. */
const checkTyped = (input) => {
  for (const field of ["Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey"]) {
    for (const [name, value] of Object.entries(input[field] ?? {})) {
      if (typeof value !== "object" || value === null) {
        state.sends.pop();
        throw new TypeError(`${field}.${name} is ${JSON.stringify(value)}, not a value with its type`);
      }
      for (const kind of ["S", "N"]) {
        if (kind in value && typeof value[kind] !== "string") {
          fail("SerializationException", `${field}.${name}.${kind} is not a string`);
        }
      }
    }
  }
};

/** The class of a service's client. */
export const clientOf = (service) =>
  class {
    constructor(config = {}) {
      state.clients += 1;
      this.config = config;
    }

    async send(command) {
      if (command?.service !== service) throw new TypeError(`a client of ${service} sends commands of its own package`);
      return send(command);
    }

    destroy() {}
  };

/** The class of an operation's command. `typed`: whether DynamoDB's values carry their types. */
export const commandOf = (service, operation, typed = true) =>
  class {
    constructor(input = {}) {
      Object.assign(this, { service, operation, input, typed });
    }
  };
