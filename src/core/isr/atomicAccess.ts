import type { AccessKind, FunctionFact, UseFact } from '../parse/facts.ts';

/** Types whose every access is one step, of C11, C++ and the kernels of Zephyr and Linux kin. */
export function isAtomicType(type: string): boolean {
  return /\b_Atomic\b|\batomic\s*<|\batomic_(t|val_t|ptr_t|flag|bool|char|schar|uchar|short|ushort|int|uint|long|ulong|llong|ullong|size_t|intptr_t|uintptr_t|u?int(_fast|_least)?\d+_t)\b/.test(type);
}

const atomicCall = /^(std::)?(__atomic_|__sync_|atomic_|__LDREX|__STREX|InterlockedE?|Atomic_|os_atomic_|osal_atomic_)\w*$/;

/** What a use is when its address goes to an atomic built-in on that line: `__atomic_fetch_add(&count, 1, …)`; undefined when it is an ordinary use. */
export function atomicKind(use: UseFact, { calls }: FunctionFact): AccessKind | undefined {
  const call = calls.find(({ name, line, arguments: [target = ''] }) => line === use.line && atomicCall.test(name) && new RegExp(`(^|[^\\w])${use.name}\\b`).test(target));
  if (call === undefined) return undefined;
  if (/load|_get$|_test_bit$|LDREX/.test(call.name)) return 'read';
  return /store|_set$|_clear$/.test(call.name) && !/test_and|fetch/.test(call.name) ? 'write' : 'modify';
}
