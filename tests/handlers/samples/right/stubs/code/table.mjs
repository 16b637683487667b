import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";

const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = async (event, context) => {
  const { Item } = await db.send(new GetCommand({ TableName: "orders", Key: { id: event.id } }));
  await db.send(new PutCommand({ TableName: "orders", Item: { id: event.id, total: Item.total } }));
  await db.send(new QueryCommand({ TableName: "orders", KeyConditionExpression: "id = :id" }));
  await db.send(new BatchWriteCommand({ RequestItems: {} }));
  return { ...Item, clean: typeof Item.total === "number" };
};
