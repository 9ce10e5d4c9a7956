// The wall tile as sharp (libvips) makes it: node tile-sharp.mjs IN WIDTH HEIGHT ROUNDS OUT
// Prints the processor nanoseconds of one tile; sharp must be installed where this runs.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const sharp = createRequire(process.cwd() + "/")("sharp");
const [input, width, height, rounds, output] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);
const source = readFileSync(input);
const tile = () =>
  sharp(source).resize(Number(width), Number(height), { fit: "fill" }).jpeg({ quality: 75 }).toBuffer();
for (let i = 0; i < 3; i++) await tile();
const began = process.cpuUsage();
let made;
for (let i = 0; i < Number(rounds); i++) made = await tile();
const used = process.cpuUsage(began);
console.log(Math.round(((used.user + used.system) * 1000) / Number(rounds)));
writeFileSync(output, made);
