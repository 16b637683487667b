// @aws-sdk/lib-dynamodb: DynamoDB with plain values. Its commands have shorter names and are counted by the operation's own.

import { commandOf } from "./stub_aws.mjs";

const documents = (operation) => commandOf("dynamodb", operation, false);

export const BatchGetCommand = documents("batch_get_item");
export const BatchWriteCommand = documents("batch_write_item");
export const DeleteCommand = documents("delete_item");
export const GetCommand = documents("get_item");
export const PutCommand = documents("put_item");
export const QueryCommand = documents("query");
export const ScanCommand = documents("scan");
export const TransactGetCommand = documents("transact_get_items");
export const TransactWriteCommand = documents("transact_write_items");
export const UpdateCommand = documents("update_item");

export class DynamoDBDocumentClient {
  #client;

  constructor(client) {
    this.#client = client;
  }

  static from(client) {
    return new DynamoDBDocumentClient(client);
  }

  async send(command) {
    return this.#client.send(command);
  }

  destroy() {}
}
