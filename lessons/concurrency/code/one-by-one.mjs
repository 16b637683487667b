import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient();

async function lookUp(table, key) {
  const command = new GetItemCommand({ TableName: process.env[table], Key: { id: { S: key } } });
  const answer = await dynamodb.send(command);
  return answer.Item ?? {};
}

export const handler = async (event, context) => {
  const seat = await lookUp("SEATS", event.seat);
  const price = await lookUp("PRICES", event.category);
  return {
    free: seat.state?.S === "free",
    cents: Number(price.cents?.N ?? 0),
  };
};
