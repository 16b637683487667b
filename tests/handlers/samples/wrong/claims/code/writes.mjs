import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async (event, context) => {
  console.log("writes", event.id);
  await db.send(new PutCommand({ TableName: "orders", Item: event }));
  return { id: event.id, left: 2 };
};
