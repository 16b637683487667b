const SIZE = { width: 640, height: 640, fit: "inside" };

export const handler = async (event, context) => {
  const claim = { id: event.id, cents: event.cents, photo: null };
  if (event.photo) {
    claim.photo = await shrink(Buffer.from(event.photo, "base64"));
  }
  return { id: claim.id, hasPhoto: claim.photo !== null };
};

async function shrink(photo) {
  const { default: sharp } = await import("sharp");
  const small = await sharp(photo).resize(SIZE).toBuffer();
  return small.toString("base64");
}
