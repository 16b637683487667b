import os


def handler(event, context):
    told = {
        "function": context.function_name,
        "memory": context.memory_limit_in_mb,
        "left": context.get_remaining_time_in_millis(),
    }
    return {"greeting": f"{os.environ['GREETING']} {event['name']}", "told": told, **event}
