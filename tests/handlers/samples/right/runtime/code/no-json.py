def handler(event, context):
    return {"a set"}
