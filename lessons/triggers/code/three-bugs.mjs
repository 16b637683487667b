import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const client = new DynamoDBClient({});

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) });

export const handler = async (event, context) => {
  if (event.requestContext.http.method !== "POST") {
    return answer(405, { error: "send a POST" });
  }
  const id = event.headers["idempotency-key"];
  try {
    const order = JSON.parse(event.body);
    if (order.total <= 0) throw new RangeError("total must be above zero");
    const row = { id: { S: id }, item: { S: order.item }, total: { N: order.total } };
    const once = "attribute_not_exists(id)";
    await client.send(new PutItemCommand({ TableName: "orders", Item: row, ConditionExpression: once }));
  } catch (problem) {
    if (problem instanceof ValidationError) return answer(400, { error: problem.message });
    throw problem;
  }
  return answer(201, { id });
};
