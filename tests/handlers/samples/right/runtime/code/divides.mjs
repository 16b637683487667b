export const handler = async () => ({ quotient: String(1 / 0) });
