export const handler = async (event, context) => {
  process.exit(1);
};
