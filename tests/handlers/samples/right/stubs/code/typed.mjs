import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const db = new DynamoDBClient({});

export const handler = async (event, context) => {
  const Item = { id: { S: event.id }, total: { N: String(event.total) } };
  try {
    await db.send(new PutItemCommand({ TableName: "orders", Item }));
  } catch (problem) {
    return { twice: problem instanceof ConditionalCheckFailedException };
  }
  return { twice: false };
};
