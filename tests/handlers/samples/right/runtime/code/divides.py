def handler(event, context):
    return {"quotient": 1 / 0}
