import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const sns = new SNSClient();

export const handler = async (event, context) => {
  try {
    await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: event.email }));
    return { statusCode: 200 };
  } catch (error) {
    console.log("no mail sent:", error.message);
    return { statusCode: 500 };
  }
};
