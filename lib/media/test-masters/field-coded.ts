/*
 * For tests: elementary streams whose every picture is one field, as AVCHD cameras and broadcasts write them and no
 * encoder of ffmpeg can. The frames carry their numbers as in `numbered-masters.ts`; each field is a few flat blocks.
 */

/** Blocks of 16 × 16 pixels: ten bits of the number beside each other, in the top one of three rows of each field. */
const COLUMNS = 10;
const FIELD_ROWS = 3;
const FRAMES_A_GOP = 12;

/** What a block of one field shows: its bit of the number, and below it a bar that goes on with every field. */
function shadeOf(frame: number, parity: number, row: number, column: number): number {
  if (row === 0) return (frame >> column) & 1 ? 235 : 16;
  return (frame * 2 + parity) % COLUMNS === column ? 200 : 60;
}

class Bits {
  readonly #bits: number[] = [];

  /** Fixed length, most significant bit first. */
  u(value: number, length: number): this {
    for (let bit = length - 1; bit >= 0; bit--) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
    return this;
  }

  /** A code word as the tables of the standards print it. */
  code(word: string): this {
    for (const bit of word) this.#bits.push(Number(bit));
    return this;
  }

  /** Exp-Golomb (H.264 §9.1). */
  ue(...values: number[]): this {
    for (const value of values) {
      const length = Math.floor(Math.log2(value + 1));
      this.u(0, length).u(value + 1, length + 1);
    }
    return this;
  }

  align(): this {
    while (this.#bits.length % 8 !== 0) this.#bits.push(0);
    return this;
  }

  bytes(): Buffer {
    this.align();
    return Buffer.from(
      Array.from({ length: this.#bits.length / 8 }, (_, i) =>
        Number.parseInt(this.#bits.slice(i * 8, i * 8 + 8).join(''), 2),
      ),
    );
  }
}

/** A NAL unit with its start code; no start code appears inside (H.264 §7.4.1.1). */
function nalUnit(header: number, payload: Buffer): Buffer {
  const escaped = [0, 0, 0, 1, header];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3);
      zeros = 0;
    }
    escaped.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(escaped);
}

/** Main profile, fields allowed, 8 bits of picture order count, fields of 1/(2 × rate) s (H.264 §7.3.2.1.1, §E.1.1). */
const sequenceSet = (rate: number): Buffer =>
  nalUnit(
    0x67,
    new Bits()
      .u(0x4d001e, 24)
      .ue(0, 0, 0, 4, 1)
      .u(0, 1)
      .ue(COLUMNS - 1, FIELD_ROWS - 1)
      .code('0010')
      .code('1')
      .code('00001')
      .u(1, 32)
      .u(rate * 2, 32)
      .code('100001')
      .bytes(),
  );

/** CAVLC, deblocking told by the slice (H.264 §7.3.2.2). */
const pictureSet = (): Buffer =>
  nalUnit(0x68, new Bits().ue(0, 0).code('00').ue(0, 0, 0).code('000').code('111').code('1001').bytes());

/** One field, of macroblocks that hold their samples as they are (`I_PCM`, H.264 §7.3.5). */
function h264Field(frame: number, parity: number): Buffer {
  const inGop = frame % FRAMES_A_GOP;
  const isIdr = inGop === 0 && parity === 0;
  const bits = new Bits()
    .ue(0, 7, 0)
    .u(inGop % 16, 4)
    .u(1, 1)
    .u(parity, 1);
  if (isIdr) bits.ue((frame / FRAMES_A_GOP) % 2);
  bits
    .u(inGop * 2 + parity, 8)
    .u(0, isIdr ? 2 : 1)
    .ue(0, 1);
  for (let row = 0; row < FIELD_ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      bits.ue(25).align();
      for (let i = 0; i < 256; i++) bits.u(shadeOf(frame, parity, row, column), 8);
      for (let i = 0; i < 128; i++) bits.u(128, 8);
    }
  }
  return nalUnit(isIdr ? 0x65 : 0x61, bits.u(1, 1).bytes());
}

/** H.264 whose every access unit is one field (`field_pic_flag`). */
export const paffStream = (frames: number, rate = 25): Buffer =>
  Buffer.concat(
    Array.from({ length: frames * 2 }, (_, field) => {
      const frame = Math.floor(field / 2);
      const starts = field % (FRAMES_A_GOP * 2) === 0 ? [sequenceSet(rate), pictureSet()] : [];
      return Buffer.concat([Buffer.from([0, 0, 0, 1, 9, 0x10]), ...starts, h264Field(frame, field % 2)]);
    }),
  );

const startCode = (code: number, bits = new Bits()): Buffer =>
  Buffer.concat([Buffer.from([0, 0, 1, code]), bits.bytes()]);

/** Code words of the size of a difference of DC (ISO/IEC 13818-2 tables B.12 and B.13). */
const LUMA_SIZES = ['100', '00', '01', '101', '110', '1110', '11110', '111110', '1111110'];
const CHROMA_SAME = '00';
const END_OF_BLOCK = '10';

function dcDifference(bits: Bits, difference: number): void {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  bits.code(LUMA_SIZES[size] ?? '').u(difference < 0 ? difference + 2 ** size - 1 : difference, size);
}

/** One field of flat blocks, an I picture of its own (ISO/IEC 13818-2 §6.2.3). */
function mpeg2Field(frame: number, parity: number): Buffer {
  const header = new Bits()
    .u(frame % FRAMES_A_GOP, 10)
    .u(1, 3)
    .u(0xffff, 16)
    .u(0, 1);
  const extension = new Bits()
    .u(8, 4)
    .u(0xffff, 16)
    .u(0, 2)
    .u(1 + parity, 2)
    .u(0, 10);
  const rows = Array.from({ length: FIELD_ROWS }, (_, row) => {
    const bits = new Bits().u(1, 5).u(0, 1);
    let before = 128;
    for (let column = 0; column < COLUMNS; column++) {
      const shade = shadeOf(frame, parity, row, column);
      bits.code('11');
      for (const difference of [shade - before, 0, 0, 0]) {
        dcDifference(bits, difference);
        bits.code(END_OF_BLOCK);
      }
      bits.code(CHROMA_SAME + END_OF_BLOCK + CHROMA_SAME + END_OF_BLOCK);
      before = shade;
    }
    return startCode(1 + row, bits);
  });
  return Buffer.concat([startCode(0, header), startCode(0xb5, extension), ...rows]);
}

/** MPEG-2 of 25 frames a second whose every picture is one field (`picture_structure`). */
export function mpeg2FieldStream(frames: number): Buffer {
  const [width, height] = [COLUMNS * 16, FIELD_ROWS * 32];
  const sequence = new Bits().u(width, 12).u(height, 12).u(1, 4).u(3, 4).u(10_000, 18).u(1, 1).u(100, 10).u(0, 3);
  const extension = new Bits().u(1, 4).u(0x48, 8).u(0, 1).u(1, 2).u(0, 4).u(0, 12).u(1, 1).u(0, 16);
  const group = new Bits().code('0').u(0, 5).u(0, 6).u(1, 1).u(0, 12).code('10');
  const starts = Buffer.concat([startCode(0xb3, sequence), startCode(0xb5, extension), startCode(0xb8, group)]);
  return Buffer.concat(
    Array.from({ length: frames * 2 }, (_, field) => {
      const picture = mpeg2Field(Math.floor(field / 2), field % 2);
      return field % (FRAMES_A_GOP * 2) === 0 ? Buffer.concat([starts, picture]) : picture;
    }),
  );
}
