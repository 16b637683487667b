// sharp without pixels: a picture knows its format and its size. JPEG has no transparency, and sharp drops it without a word.

import { readFileSync, writeFileSync } from "node:fs";

class Picture {
  #format;
  #hasAlpha;
  #size = { width: 1200, height: 800 };

  constructor(input) {
    const content = typeof input === "string" ? readFileSync(input) : Buffer.from(input);
    if (content.length === 0) throw new Error("Input Buffer is empty");
    this.#hasAlpha = /^.?PNG/.test(content.toString("latin1"));
    this.#format = this.#hasAlpha ? "png" : "jpeg";
  }

  #as(format) {
    this.#format = format;
    return this;
  }

  resize(width, height, options) {
    const wanted = typeof width === "object" && width !== null ? width : { ...options, width, height };
    const ratios = ["width", "height"].filter((side) => wanted[side]).map((side) => wanted[side] / this.#size[side]);
    const scale = Math.min(...ratios, wanted.withoutEnlargement ? 1 : Infinity);
    const inside = wanted.fit === "inside" || ratios.length === 1;
    const scaled = (side) => (inside ? Math.round(this.#size[side] * scale) : (wanted[side] ?? this.#size[side]));
    this.#size = { width: scaled("width"), height: scaled("height") };
    return this;
  }

  rotate() {
    return this;
  }

  flatten() {
    this.#hasAlpha = false;
    return this;
  }

  jpeg() {
    return this.flatten().#as("jpeg");
  }

  png() {
    return this.#as("png");
  }

  webp() {
    return this.#as("webp");
  }

  toFormat(format) {
    return format === "jpeg" || format === "jpg" ? this.jpeg() : this.#as(format);
  }

  async metadata() {
    return { format: this.#format, hasAlpha: this.#hasAlpha, width: 1200, height: 800 };
  }

  async toBuffer(options) {
    const data = Buffer.from(`${this.#format} ${this.#hasAlpha ? "RGBA" : "RGB"} ${this.#size.width}x${this.#size.height}`);
    return options?.resolveWithObject ? { data, info: { format: this.#format, size: data.length, ...this.#size } } : data;
  }

  async toFile(path) {
    const { data, info } = await this.toBuffer({ resolveWithObject: true });
    writeFileSync(path, data);
    return info;
  }
}

export default (input) => new Picture(input);
