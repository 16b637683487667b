export const handler = async (event, context) => {
  let rounds = 0;
  while (context.getRemainingTimeInMillis() > 500) rounds += 1;
  return { rounds };
};
