/** Bytes of a number type of C, or of the names that SDKs give them, on a 32-bit part; undefined for any other type. */
export function scalarSize(name: string): number | undefined {
  const bits = /^(?:v?u?int(\d+)_t|v?[us](\d+)|(?:Rw|Ro|Wo)Reg(\d+)|io_[rw]o?w?_(\d+))$/.exec(name)?.slice(1).join('') ?? '';
  if (bits !== '') return Number(bits) / 8;
  return Object.hasOwn(wordSizes, name) ? wordSizes[name] : undefined;
}

const wordSizes: Readonly<Record<string, number>> = {
  'char': 1, 'unsigned char': 1, 'signed char': 1, 'bool': 1, '_Bool': 1, 'short': 2, 'unsigned short': 2, 'int': 4, 'unsigned': 4, 'unsigned int': 4, 'long': 4, 'unsigned long': 4,
  'float': 4, 'long long': 8, 'unsigned long long': 8, 'double': 8, 'uintptr_t': 4, 'size_t': 4, 'RwReg': 4, 'RoReg': 4, 'WoReg': 4,
};
