import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";

const sns = new SNSClient();

class MailNotSent extends Error {
  name = "MailNotSent";
}

export const handler = async (event, context) => {
  try {
    await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: event.email }));
  } catch (error) {
    throw new MailNotSent(event.id, { cause: error });
  }
  return { sent: event.id };
};
