'use strict';

const { inflateSync } = require('node:zlib');

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes per pixel by PNG color type; the others are not used for icons. */
const CHANNELS = { 2: 3, 6: 4 };

/**
 * Reads a PNG of 8 bits per channel with RGB or RGBA, not interlaced: what a browser writes.
 * @returns {{ width: number, height: number, pixels: { r: number, g: number, b: number, a: number }[] }}
 */
function readPng(bytes) {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error('is not a PNG file');
  const header = chunksOf(bytes).find((chunk) => chunk.type === 'IHDR').data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = CHANNELS[header[9]];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) {
    throw new Error('is not an 8-bit RGB or RGBA PNG without interlacing');
  }
  const packed = Buffer.concat(
    chunksOf(bytes)
      .filter((chunk) => chunk.type === 'IDAT')
      .map((chunk) => chunk.data),
  );
  const rows = unfilter(inflateSync(packed), width * channels, height, channels);
  const pixels = [];
  for (let i = 0; i < rows.length; i += channels) {
    pixels.push({ r: rows[i], g: rows[i + 1], b: rows[i + 2], a: channels === 4 ? rows[i + 3] : 255 });
  }
  return { width, height, pixels };
}

function chunksOf(bytes) {
  const chunks = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 12 + length;
  }
  return chunks;
}

function unfilter(raw, stride, height, channels) {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? out[y * stride + x - channels] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? out[(y - 1) * stride + x - channels] : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return out;
}

function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(guess - value));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

module.exports = { readPng };
