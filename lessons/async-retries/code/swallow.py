import os

import boto3

sns = boto3.client("sns")


def handler(event, context):
    try:
        sns.publish(TopicArn=os.environ["TOPIC"], Message=event["email"])
        return {"statusCode": 200}
    except Exception as error:
        print("no mail sent:", error)
        return {"statusCode": 500}
