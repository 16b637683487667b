import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";

const SIZE = { width: 160, height: 160, fit: "inside", withoutEnlargement: true };

export const handler = async (event, context) => {
  const s3 = new S3Client({});
  for (const record of event.Records) {
    const Bucket = record.s3.bucket.name;
    const Key = decodeURIComponent(record.s3.object.key.replaceAll("+", " "));
    const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const picture = await object.Body.transformToByteArray();
    const Body = await sharp(picture).resize(SIZE).toBuffer();
    const ContentType = object.ContentType;
    await s3.send(new PutObjectCommand({ Bucket: process.env.THUMBNAILS, Key, Body, ContentType }));
  }
};
