// Every difference between our reading of the vendor files and the reference's, looked up in the XML, as data.

/** All differences of one kind in one file. */
export interface ExplainedDifference {
  readonly file: string;
  /** As svdCompare.ts words it. */
  readonly kind: string;
  readonly count: number;
  /** What each of them must look like: our value, a bar, theirs. */
  readonly shape: RegExp;
  /** Whose reading is against the standard; `convention` where the standard leaves it open. */
  readonly defect: 'theirs' | 'convention';
  readonly why: string;
}

/** A change made to a file before both readers get it, because the reference cannot read it as it is. */
export interface AdaptedFile {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
  /** What the reference does without the change; absent where trying would fill memory. */
  readonly error?: RegExp;
}

export const adaptedFiles: readonly AdaptedFile[] = [
  { file: 'nrf9220_flpr.svd', from: '<dim>0x1000000</dim>', to: '<dim>4</dim>', why: 'the reference unfolds all of the 268 million registers of GLOBAL_STMDATA in memory' },
  { file: 'ARM_Sample_faulty.svd', from: 'oneToFail', to: 'oneToSet', why: 'the reference gives up the whole file for one text that the standard does not know', error: /^ValueError: 'oneToFail' is not a valid SVDModifiedWriteValuesType/ },
];

const interruptsOfBase = {
  kind: 'peripheral interrupts', shape: /^\[\] \| \[\[/, defect: 'theirs',
  why: 'the peripheral is derived and lists no interrupt; the reference copies its base\'s, which then belong to two peripherals: TIM13 would raise TIM10\'s',
} as const;
const binaryDigits = { kind: 'value of enumerated values, theirs none', shape: /\| .*\["[^"]*",null,/, defect: 'theirs', why: 'values written as 0b…, which the schema allows beside #…, are no numbers to the reference' } as const;
const ignoredBits = { kind: 'don\'t-care bits of enumerated values', shape: /,false,"0x[0-9A-F]+"\]/, defect: 'theirs', why: 'the reference puts 0 for the digits x of #1x, so that only one of the values meant is named' } as const;
const derivedValues = { kind: 'number of enumerated values, theirs none', shape: /\| \[\]$/, defect: 'theirs', why: 'enumeratedValues derivedFrom: the reference copies the members of the base\'s values instead of the values, and keeps none' } as const;

export const explainedDifferences: readonly ExplainedDifference[] = [
  { file: 'STM32F103.svd', count: 3, ...interruptsOfBase },
  { file: 'STM32F407.svd', count: 4, ...interruptsOfBase },
  { file: 'STM32G431.svd', count: 1, ...interruptsOfBase },
  { file: 'STM32H573.svd', count: 81, ...interruptsOfBase },
  { file: 'STM32H753.svd', count: 8, ...interruptsOfBase },
  { file: 'STM32N657.svd', count: 92, ...interruptsOfBase },
  { file: 'STM32U5Gx.svd', count: 85, ...interruptsOfBase },
  { file: 'DisableCondTest.svd', count: 1, ...interruptsOfBase },
  { file: 'esp32.svd', count: 1, ...interruptsOfBase },
  { file: 'esp32c3.svd', count: 1, ...interruptsOfBase },
  { file: 'D1-H.svd', kind: 'peripheral interrupts', count: 16, shape: /^\[\[\d+,"\w+"\]\] \| \[(\[\d+,"\w+"\],?){2,}\]$/, defect: 'convention', why: 'an array of n peripherals lists n interrupts, one for each in order; the reference gives each element all of them' },
  { file: 'D1-H.svd', count: 292, ...binaryDigits },
  { file: 'XMC4800.svd', count: 264, ...binaryDigits },
  { file: 'XMC4800.svd', count: 4, ...ignoredBits },
  { file: 'MK21D5.svd', count: 3, ...ignoredBits },
  { file: 'esp32.svd', count: 6, ...derivedValues },
  { file: 'k210.svd', count: 96, ...derivedValues },
  { file: 'k210.svd', kind: 'register size: 64, theirs 32', count: 102, shape: /^64 \| 32$/, defect: 'theirs', why: 'the size stands at the cluster channel[%s], from which the reference passes nothing on to its registers' },
  { file: 'k210.svd', kind: 'field only ours', count: 2, shape: /^\["fft_(shift_factor|enable)"/, defect: 'theirs', why: 'register fft_cfg holds its fields without <fields> around them; the reference looks nowhere else' },
  { file: 'accViolationDisableCond.xml', kind: 'register size: 32, theirs none', count: 2, shape: /^32 \| null$/, defect: 'theirs', why: 'no size is stated; the standard then takes the device\'s width' },
  { file: 'GD32VF103.svd', kind: 'peripheral only ours', count: 1, shape: /^DMA1 0x40020400 \| $/, defect: 'theirs', why: 'DMA1 states 0x40020000, which is DMA0\'s, and then 0x40020400, which is its own; the reference takes the first' },
  { file: 'GD32VF103.svd', kind: 'peripheral only theirs', count: 1, shape: /^ \| DMA1 0x40020000$/, defect: 'theirs', why: 'as above' },
  { file: 'DisableCondTest.svd', kind: 'register only ours', count: 1, shape: /^\["register","DSCSR","0xE000EE10"/, defect: 'theirs', why: 'derivedFrom="DSCSR_Clust.DSCSR": the reference takes the first name of two for a peripheral\'s, and gives up names left to the base' },
  { file: 'DisableCondTest.svd', kind: 'register only theirs', count: 1, shape: / \| \["register","","0xE000EE10"/, defect: 'theirs', why: 'as above: the register without its base has neither name nor fields' },
];
