/** What a question wants to know of a register, field, peripheral or handler. */
export type FactKind = 'about' | 'reset' | 'address' | 'access' | 'effect' | 'position' | 'field' | 'decode' | 'clock' | 'interrupt' | 'handler' | 'place' | 'fault' | 'finding';

const patterns: readonly (readonly [FactKind, RegExp])[] = [
  ['reset', /\breset(?:s|ting)?\b(?:\s+(?:value|state|to|default|contents?)|\W*$)|\b(?:after|on|at|out of)\s+(?:a\s+)?(?:power[- ]?on\s+)?reset\b|default value|power[- ]?(?:on|up) value|复位值|复位后|默认值/i],
  ['address', /\baddress\b|\bmemory location\b|\bwhere in memory\b|\boffset\b|地址|偏移/i],
  ['access', /\bread[- /]?only\b|\bwrite[- /]?only\b|\bread[- /]write\b|\bwrit(?:e)?able\b|\breadable\b|\baccess(?:\s+(?:type|mode|rights?)|\b)|只读|只写|可读|可写|读写|访问/i],
  ['effect', /\bclear(?:s|ed|ing)?\b|\backnowledg|\bside[- ]effects?\b|\bwhat happens\b|\breading it\b|清除|清零|副作用/i],
  ['position', /\b(?:which|what)\s+bits?\b|\bbit (?:position|number|offset|index|range)\b|\bposition of\b|\bwhere in the register\b|\bbit field\b|哪一?[个几]?位|第几位|位置|位段/i],
  ['field', /\b(?:which|what)\s+(?:field|flag|is)\b[^?]*\bbit\s*\d|\bbit\s*\d+\s+(?:mean|do|stand|control)|第\s*\d+\s*位(?:是|的含义|对应|表示)/i],
  ['decode', /\bdecod|\bwrit(?:e|es|ing)\b|\bset(?:s|ting)?\b|\bmeans?\b|\bvalue\b|解码|写入|含义|表示/i],
  ['clock', /\bclock\b|\bgat(?:e|ing)\b|时钟/i],
  ['interrupt', /\bIRQ\b|\binterrupt\s*(?:number|vector|line)|\bvector\b|中断号|中断向量/i],
  ['place', /\bwhere\b|\bwhich (?:function|file|code|line)\b|\bwho (?:sets|writes|configures|reads|uses)\b|在?哪里|何处|哪个(?:函数|文件)/i],
];

/** What the question asks for, the more telling first; empty when it asks for none of these. */
export function intentsOf(question: string): FactKind[] {
  return patterns.filter(([, pattern]) => pattern.test(question)).map(([kind]) => kind);
}
