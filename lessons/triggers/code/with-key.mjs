import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});
const ONCE = "attribute_not_exists(id)";

const answer = (statusCode, body, headers = {}) => ({
  statusCode,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

export const handler = async (event, context) => {
  if (event.requestContext.http.method !== "POST") {
    return answer(405, { error: "send a POST" }, { allow: "POST" });
  }
  const id = event.headers["idempotency-key"];
  let order;
  try {
    order = JSON.parse(event.body ?? "");
  } catch {
    return answer(400, { error: "a key, item and total are needed" });
  }
  if (!id || typeof order?.item !== "string" || !(order.total > 0)) {
    return answer(400, { error: "a key, item and total are needed" });
  }
  const row = { id: { S: id }, item: { S: order.item }, total: { N: String(order.total) } };
  try {
    await client.send(new PutItemCommand({ TableName: "orders", Item: row, ConditionExpression: ONCE }));
  } catch (problem) {
    if (problem.name !== "ConditionalCheckFailedException") throw problem;
  }
  return answer(201, { id });
};
