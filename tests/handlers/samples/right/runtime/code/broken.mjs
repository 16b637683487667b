import { NoSuchCommand } from "@aws-sdk/client-s3";

export const handler = async () => NoSuchCommand;
