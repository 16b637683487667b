import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient();

export const handler = async (event, context) => {
  const failed = [];
  for (const record of event.Records) {
    try {
      const order = JSON.parse(record.body);
      const item = { id: { S: order.id }, cents: { N: String(order.cents) } };
      await dynamodb.send(new PutItemCommand({ TableName: process.env.TABLE, Item: item }));
    } catch (error) {
      console.log("failed:", record.messageId, error.message);
      failed.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures: failed };
};
