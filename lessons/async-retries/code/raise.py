import os

import boto3

sns = boto3.client("sns")


class MailNotSent(Exception):
    pass


def handler(event, context):
    try:
        sns.publish(TopicArn=os.environ["TOPIC"], Message=event["email"])
    except Exception as error:
        raise MailNotSent(event["id"]) from error
    return {"sent": event["id"]}
