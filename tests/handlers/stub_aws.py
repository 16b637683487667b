"""boto3 and botocore without AWS: the operations of services.json, answered by the case."""

import copy
import io
import json
import pathlib
import re
import sys
import types
from decimal import Decimal

SERVICES = json.loads((pathlib.Path(__file__).parent / "services.json").read_text(encoding="utf-8"))
STATE = types.SimpleNamespace(stub={}, sends=[], clients=0, asked={})

# Where DynamoDB's values stand in what is sent and in what comes back.
SENT_VALUES = ("Item", "Key", "ExpressionAttributeValues", "ExclusiveStartKey")
ANSWERED_VALUES = ("Item", "Items", "Attributes", "LastEvaluatedKey")
BATCH_SIZE = 25


class BotoCoreError(Exception):
    """What the SDK itself refuses."""


class ParamValidationError(BotoCoreError):
    """A parameter of the wrong shape."""


class UnknownServiceError(BotoCoreError):
    """A service without a client."""


class ClientError(Exception):
    """What a service answers with an error."""

    def __init__(self, error_response, operation_name):
        error = error_response.get("Error", {})
        code, message = error.get("Code", "Unknown"), error.get("Message", "Unknown")
        super().__init__(f"An error occurred ({code}) when calling the {operation_name} operation: {message}")
        self.response = error_response
        self.operation_name = operation_name


class Config:
    """botocore.config.Config: timeouts and retries, which no stub needs."""

    def __init__(self, **settings):
        self.settings = settings


class StreamingBody(io.BytesIO):
    """The body of an answer: bytes to be read."""

    def iter_lines(self, chunk_size=1024, keepends=False):
        return iter(self.getvalue().splitlines(keepends))

    def iter_chunks(self, chunk_size=1024):
        return iter(lambda: self.read(chunk_size), b"")


class Exceptions:
    """The errors that a client names: `client.exceptions.NoSuchKey`."""

    known = {}

    def __init__(self, service):
        self._names = SERVICES[service]["errors"]

    def __getattr__(self, name):
        if name not in self._names:
            raise AttributeError(f"<{type(self).__name__}> object has no attribute {name}. Valid exceptions are: {', '.join(self._names)}")
        return self.of(name)

    @classmethod
    def of(cls, name):
        return cls.known.setdefault(name, type(name, (ClientError,), {}))


def snake_case(operation):
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", operation).lower()


def stubbed(name):
    """What the case says that this call is answered: always the same, or a list's next, whose last stays."""
    given = STATE.stub.get(name, {})
    if isinstance(given, list):
        turn = STATE.asked.get(name, 0)
        STATE.asked[name] = turn + 1
        given = given[min(turn, len(given) - 1)] if given else {}
    return copy.deepcopy(given)


def send(service, operation):
    name = f"{service}.{snake_case(operation)}"
    STATE.sends.append(name)
    answer = stubbed(name)
    if "error" in answer:
        error = {"Error": {"Code": answer["error"], "Message": answer.get("message", "so says the stub")}}
        raise Exceptions.of(answer["error"])(error, operation)
    for field in ("Body", "Payload"):
        if isinstance(answer.get(field), str):
            answer[field] = StreamingBody(answer[field].encode())
    answer.setdefault("ResponseMetadata", {"HTTPStatusCode": 200})
    return answer


class Methods:
    """Gives an object the operations of a service as methods that take keywords only."""

    def __init__(self, service):
        self._service = service
        self._operations = {snake_case(operation): operation for operation in SERVICES[service]["operations"]}

    def __getattr__(self, name):
        operation = self.__dict__.get("_operations", {}).get(name)
        if operation is None:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}': tests/handlers/services.json has them all")

        def method(*positional, **parameters):
            if positional:
                raise TypeError(f"{name}() only accepts keyword arguments.")
            return self._call(operation, parameters)

        return method


class Client(Methods):
    """What boto3.client returns."""

    def __init__(self, service):
        super().__init__(service)
        self.exceptions = Exceptions(service)

    def _call(self, operation, parameters):
        if self._service == "dynamodb":
            for field in SENT_VALUES:
                check_typed(field, parameters.get(field, {}))
        return send(self._service, operation)


class Table(Methods):
    """What boto3.resource("dynamodb").Table returns: Python's values in, Decimals out."""

    def __init__(self, name):
        super().__init__("dynamodb")
        self.name = name
        self.meta = types.SimpleNamespace(client=Client("dynamodb"))

    def _call(self, operation, parameters):
        for field in SENT_VALUES:
            refuse_floats(parameters.get(field))
        answer = send("dynamodb", operation)
        return {field: decimals(value) if field in ANSWERED_VALUES else value for field, value in answer.items()}

    def batch_writer(self, **_):
        return BatchWriter()


class BatchWriter:
    """Collects writes and sends them together."""

    def __enter__(self):
        self.waiting = 0
        return self

    def __exit__(self, *_):
        if self.waiting:
            send("dynamodb", "BatchWriteItem")

    def put_item(self, Item):
        self._add(Item)

    def delete_item(self, Key):
        self._add(Key)

    def _add(self, values):
        refuse_floats(values)
        self.waiting += 1
        if self.waiting == BATCH_SIZE:
            send("dynamodb", "BatchWriteItem")
            self.waiting = 0


class DynamoDB:
    """What boto3.resource("dynamodb") returns."""

    def __init__(self):
        self.meta = types.SimpleNamespace(client=Client("dynamodb"))

    def Table(self, name):
        return Table(name)


class Condition:
    """boto3.dynamodb.conditions: nobody evaluates them here."""

    def __init__(self, *parts):
        self.parts = parts

    def __and__(self, other):
        return Condition("and", self, other)

    def __or__(self, other):
        return Condition("or", self, other)

    def __invert__(self):
        return Condition("not", self)


class Key:
    """A key's name, of which a condition is made."""

    comparisons = ("eq", "lt", "lte", "gt", "gte", "begins_with", "between")

    def __init__(self, name):
        self._name = name

    def __getattr__(self, comparison):
        if comparison not in self.comparisons:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '{comparison}'")
        return lambda *values: Condition(comparison, self._name, *values)


class Attr(Key):
    """An attribute's name, of which a condition is made."""

    comparisons = (*Key.comparisons, "ne", "is_in", "exists", "not_exists", "contains", "size", "attribute_type")


def check_typed(where, values):
    """A client of DynamoDB wants each value with its type, and numbers as text."""
    for name, value in values.items():
        typed = isinstance(value, dict) and len(value) == 1
        if not typed:
            raise ParamValidationError(f"Parameter validation failed: {where}.{name} is {value!r}, not a value with its type")
        for kind in ("S", "N"):
            if not isinstance(value.get(kind, ""), str):
                raise ParamValidationError(f"Parameter validation failed: {where}.{name}.{kind} is {value[kind]!r}, not a str")


def refuse_floats(value):
    if isinstance(value, float):
        raise TypeError("Float types are not supported. Use Decimal types instead.")
    if isinstance(value, dict):
        value = value.values()
    if not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
        for part in value:
            refuse_floats(part)


def decimals(value):
    """A table's numbers come back as Decimals."""
    if isinstance(value, dict):
        return {name: decimals(part) for name, part in value.items()}
    if isinstance(value, list):
        return [decimals(part) for part in value]
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Decimal(str(value)) if number else value


def client(service, *_, **__):
    if service not in SERVICES:
        raise UnknownServiceError(f"Unknown service: '{service}'. tests/handlers/services.json has {', '.join(SERVICES)}")
    STATE.clients += 1
    return Client(service)


def resource(service, *_, **__):
    if service != "dynamodb":
        raise UnknownServiceError(f"Unknown resource: '{service}'. tests/handlers/stub_aws.py has dynamodb")
    STATE.clients += 1
    return DynamoDB()


def install(stub):
    """Makes the modules importable."""
    STATE.stub = stub
    contents = {
        "boto3": {"client": client, "resource": resource},
        "boto3.dynamodb": {},
        "boto3.dynamodb.conditions": {"Key": Key, "Attr": Attr},
        "botocore": {},
        "botocore.config": {"Config": Config},
        "botocore.exceptions": {
            error.__name__: error for error in (BotoCoreError, ClientError, ParamValidationError, UnknownServiceError)
        },
    }
    for name, members in contents.items():
        module = types.ModuleType(name)
        module.__path__ = []
        module.__dict__.update(members)
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)
