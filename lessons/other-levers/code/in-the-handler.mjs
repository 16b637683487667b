const SIZE = { width: 640, height: 640, fit: "inside" };

export const handler = async (event, context) => {
  const { default: sharp } = await import("sharp");
  const claim = { id: event.id, cents: event.cents, photo: null };
  if (event.photo) {
    const small = await sharp(Buffer.from(event.photo, "base64")).resize(SIZE).toBuffer();
    claim.photo = small.toString("base64");
  }
  return { id: claim.id, hasPhoto: claim.photo !== null };
};
