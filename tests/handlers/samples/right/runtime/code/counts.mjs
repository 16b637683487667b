const ids = [];

export const handler = async (event, context) => {
  ids.push(context.awsRequestId);
  event.names ??= [event.name];
  event.names.push("again");
  return { calls: ids.length, ids: new Set(ids).size, names: event.names };
};
