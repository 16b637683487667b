import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const sqs = new SQSClient({});
const sns = new SNSClient({});

export const handler = async (event, context) => {
  const sent = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const message = new SendMessageCommand({ QueueUrl: "q", MessageBody: JSON.stringify(event) });
    sent.push(await sqs.send(message).then((answer) => answer.MessageId, () => "none"));
  }
  await sns.send(new PublishCommand({ TopicArn: "t", Message: "done" }));
  return { sent };
};
