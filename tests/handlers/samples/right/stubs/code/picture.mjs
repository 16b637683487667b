import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import sharp from "sharp";

const s3 = new S3Client({});

export const handler = async (event, context) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "b", Key: "k" }));
  const picture = await Body.transformToByteArray();
  const { hasAlpha } = await sharp(picture).metadata();
  const small = sharp(picture).resize(150, 150, { fit: "inside" }).jpeg();
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  if (data.toString() !== "jpeg RGB 150x100") throw new Error(data.toString());
  return { width: info.width, height: info.height, transparent: hasAlpha };
};
