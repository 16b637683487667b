import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({});
const decoded = (key) => decodeURIComponent(key.replaceAll("+", " "));

export const handler = async (event, context) => {
  for (const record of event.Records) {
    const bucket = record.s3.bucket.name;
    const upload = record.s3.object;
    const note = { key: decoded(upload.key), size: upload.size };
    const object = { Bucket: bucket, Key: `notes/${note.key}.json`, Body: JSON.stringify(note) };
    await s3.send(new PutObjectCommand(object));
  }
};
