class NoName extends Error {
  name = "NoName";
}

export const handler = async (event, context) => {
  if (!event.name) throw new NoName("nobody to greet");
  const told = {
    function: context.functionName,
    memory: context.memoryLimitInMB,
    left: context.getRemainingTimeInMillis(),
  };
  return { greeting: `${process.env.GREETING} ${event.name}`, told, ...event };
};
