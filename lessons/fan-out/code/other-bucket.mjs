import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({});
const NOTES = process.env.NOTES;
const decoded = (key) => decodeURIComponent(key.replaceAll("+", " "));

export const handler = async (event, context) => {
  for (const record of event.Records) {
    if (record.s3.bucket.name === NOTES) {
      throw new Error("called by its own bucket of notes");
    }
    const upload = record.s3.object;
    const note = { key: decoded(upload.key), size: upload.size };
    const object = { Bucket: NOTES, Key: `${note.key}.json`, Body: JSON.stringify(note) };
    await s3.send(new PutObjectCommand(object));
  }
};
