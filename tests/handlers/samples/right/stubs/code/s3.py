import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

s3 = boto3.client("s3", config=Config(read_timeout=1))


def handler(event, context):
    try:
        answer = s3.get_object(Bucket="b", Key=event["id"])
    except s3.exceptions.NoSuchKey as problem:
        assert isinstance(problem, ClientError)
        return {"missing": problem.response["Error"]["Code"] == "NoSuchKey"}
    body = s3.get_object(Bucket="b", Key=event["id"])["Body"].read()
    s3.put_object(Bucket="b", Key="copy", Body=body)
    text = answer["Body"].read().decode()
    return {"text": text, "bytes": len(body), "type": answer["ContentType"], "missing": False}
