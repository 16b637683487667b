import { randomUUID } from "node:crypto";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

const answer = (statusCode, body, headers = {}) => ({
  statusCode,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

export const handler = async (event, context) => {
  if (event.requestContext.http.method !== "POST") {
    return answer(405, { error: "send a POST" }, { allow: "POST" });
  }
  let order;
  try {
    order = JSON.parse(event.body ?? "");
  } catch {
    return answer(400, { error: "item and a total above zero are needed" });
  }
  if (typeof order?.item !== "string" || !(order.total > 0)) {
    return answer(400, { error: "item and a total above zero are needed" });
  }
  const id = randomUUID();
  const item = { id: { S: id }, item: { S: order.item }, total: { N: String(order.total) } };
  await client.send(new PutItemCommand({ TableName: "orders", Item: item }));
  return answer(201, { id });
};
