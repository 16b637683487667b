import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";

const SIZE = { width: 160, height: 160, fit: "inside", withoutEnlargement: true };
const s3 = new S3Client({});

export const handler = async (event, context) => {
  try {
    for (const record of event.Records) {
      const Bucket = record.s3.bucket.name;
      const Key = record.s3.object.key;
      const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const picture = await object.Body.transformToByteArray();
      const Body = await sharp(picture).resize(SIZE).jpeg().toBuffer();
      const ContentType = "image/jpeg";
      await s3.send(new PutObjectCommand({ Bucket: process.env.THUMBNAILS, Key, Body, ContentType }));
    }
  } catch (error) {
    console.log(`no thumbnail: ${error}`);
    return { statusCode: 500 };
  }
  return { statusCode: 200 };
};
