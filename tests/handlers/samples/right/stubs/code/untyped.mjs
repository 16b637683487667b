import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const db = new DynamoDBClient({});

export const handler = async (event, context) => {
  await db.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: event.id }, total: { N: event.total } } }));
};
