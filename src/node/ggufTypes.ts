/** How a tensor type lies in a file: so many bytes for each block of elements. */
export interface TensorType {
  readonly name: string;
  readonly blockElements: number;
  readonly blockBytes: number;
}

/** The tensor types of ggml by their number in a file (`ggml_type`; the gaps are types that were removed). */
export const tensorTypes: ReadonlyMap<number, TensorType> = new Map(([
  [0, 'F32', 1, 4], [1, 'F16', 1, 2], [2, 'Q4_0', 32, 18], [3, 'Q4_1', 32, 20], [6, 'Q5_0', 32, 22], [7, 'Q5_1', 32, 24], [8, 'Q8_0', 32, 34], [9, 'Q8_1', 32, 40],
  [10, 'Q2_K', 256, 84], [11, 'Q3_K', 256, 110], [12, 'Q4_K', 256, 144], [13, 'Q5_K', 256, 176], [14, 'Q6_K', 256, 210], [15, 'Q8_K', 256, 292],
  [16, 'IQ2_XXS', 256, 66], [17, 'IQ2_XS', 256, 74], [18, 'IQ3_XXS', 256, 98], [19, 'IQ1_S', 256, 50], [20, 'IQ4_NL', 32, 18], [21, 'IQ3_S', 256, 110],
  [22, 'IQ2_S', 256, 82], [23, 'IQ4_XS', 256, 136], [24, 'I8', 1, 1], [25, 'I16', 1, 2], [26, 'I32', 1, 4], [27, 'I64', 1, 8], [28, 'F64', 1, 8],
  [29, 'IQ1_M', 256, 56], [30, 'BF16', 1, 2], [34, 'TQ1_0', 256, 54], [35, 'TQ2_0', 256, 66], [39, 'MXFP4', 32, 17], [40, 'NVFP4', 64, 36],
  [41, 'Q1_0', 128, 18], [42, 'Q2_0', 64, 18],
] as const).map(([number, name, blockElements, blockBytes]) => [number, { name, blockElements, blockBytes }]));

/** Tensor types of which the runtime keeps a second copy, arranged for the processor's vector units. */
export const repackedTypes: ReadonlySet<string> = new Set(['Q2_K', 'Q4_0', 'Q4_K', 'IQ4_NL']);

const fileTypes: Readonly<Record<number, string>> = {
  0: 'F32', 1: 'F16', 2: 'Q4_0', 3: 'Q4_1', 7: 'Q8_0', 8: 'Q5_0', 9: 'Q5_1', 10: 'Q2_K', 11: 'Q3_K_S', 12: 'Q3_K_M', 13: 'Q3_K_L', 14: 'Q4_K_S', 15: 'Q4_K_M',
  16: 'Q5_K_S', 17: 'Q5_K_M', 18: 'Q6_K', 19: 'IQ2_XXS', 20: 'IQ2_XS', 21: 'Q2_K_S', 22: 'IQ3_XS', 23: 'IQ3_XXS', 24: 'IQ1_S', 25: 'IQ4_NL', 26: 'IQ3_S', 27: 'IQ3_M',
  28: 'IQ2_S', 29: 'IQ2_M', 30: 'IQ4_XS', 31: 'IQ1_M', 32: 'BF16', 36: 'TQ1_0', 37: 'TQ2_0', 38: 'MXFP4', 39: 'NVFP4', 40: 'Q1_0', 41: 'Q2_0',
};

/** The usual name of a file's quantisation, from its key `general.file_type`. */
export function quantizationName(fileType: number): string | undefined {
  return fileTypes[fileType];
}

/** The value types of metadata by their number in a file (`gguf_type`). */
export const valueType = { uint8: 0, int8: 1, uint16: 2, int16: 3, uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9, uint64: 10, int64: 11, float64: 12 } as const;

/** Bytes of one value of a type of fixed size; undefined for strings, arrays and unknown types. */
export function fixedValueBytes(type: number): number | undefined {
  return [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8][type];
}

/** Tensors lie at multiples of this many bytes where the file states no other number. */
export const defaultAlignment = 32;

/** The size rounded up to the next multiple of the alignment. */
export function padded(size: number, alignment = defaultAlignment): number {
  return Math.ceil(size / alignment) * alignment;
}
