// Writes screenshots small: the colours of surfaces, and what is not nearly the same as another, become a palette; every
// other colour becomes the nearest of them.
import { deflateSync, inflateSync } from 'node:zlib';

const COLOURS = 256;
/** So many colours fill surfaces; they are kept even where they are nearly the same. */
const SURFACES = 40;
/** The square of the distance between two colours that nobody tells apart in the edge of a letter. */
const NEARLY = 500;
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** A PNG of 8 bits a channel, without interlacing, as one with a palette. */
export function withPalette(png) {
  const { width, height, pixels } = decode(png);
  const { palette, indexes } = quantize(pixels, width * height);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const parts = [chunk('IHDR', header), chunk('PLTE', Buffer.from(palette.flat())), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
}

function quantize(pixels, count) {
  const times = new Map();
  const colours = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    // The last bits of a channel are not seen, and spoil the compression.
    const colour = ((pixels[i * 3] & 0xfc) << 16) | ((pixels[i * 3 + 1] & 0xfc) << 8) | (pixels[i * 3 + 2] & 0xfc);
    colours[i] = colour;
    const seen = times.get(colour);
    if (seen) seen.times++;
    else times.set(colour, { times: 1, exact: [pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]] });
  }
  const palette = [];
  for (const { exact } of [...times.values()].sort((a, b) => b.times - a.times)) {
    const other = palette.length < SURFACES || palette.every((known) => distance(known, exact) > NEARLY);
    if (palette.length < COLOURS && other) palette.push(exact);
  }
  const nearest = new Map();
  for (const [colour, { exact }] of times) {
    const far = palette.map((known) => distance(known, exact));
    nearest.set(colour, far.indexOf(Math.min(...far)));
  }
  return { palette, indexes: Uint8Array.from(colours, (colour) => nearest.get(colour)) };
}

function distance(a, b) {
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
}

function decode(png) {
  const data = [];
  let width = 0, height = 0, channels = 3;
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const name = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (name === 'IHDR') [width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3];
    if (name === 'IDAT') data.push(body);
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? lines[y * stride + x - channels] : 0;
      const up = y > 0 ? lines[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? lines[(y - 1) * stride + x - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) pixels.set(lines.subarray(i * channels, i * channels + 3), i * 3);
  return { width, height, pixels };
}

function paeth(left, up, corner) {
  const [a, b, c] = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function chunk(name, body) {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(name, 4, 'latin1');
  body.copy(whole, 8);
  whole.writeUInt32BE(crc(whole.subarray(4, body.length + 8)), body.length + 8);
  return whole;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
