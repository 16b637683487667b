import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client();

export const handler = async (event, context) => {
  let answer;
  try {
    answer = await s3.send(new GetObjectCommand({ Bucket: "b", Key: event.id }));
  } catch (problem) {
    if (!(problem instanceof NoSuchKey)) throw problem;
    return { missing: problem.name === "NoSuchKey" };
  }
  const again = await s3.send(new GetObjectCommand({ Bucket: "b", Key: event.id }));
  const Body = await again.Body.transformToByteArray();
  await s3.send(new PutObjectCommand({ Bucket: "b", Key: "copy", Body }));
  const text = await answer.Body.transformToString();
  return { text, bytes: Body.length, type: answer.ContentType, missing: false };
};
