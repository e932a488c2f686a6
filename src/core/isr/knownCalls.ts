import type { Callee } from './dossier.ts';

/** Calls that touch no register and no data of the program, or are looked at by other names: hints to the core, the interrupt controller's, checks, the C library's. */
export function isHarmlessCall(name: string): boolean {
  return /^(__?(DSB|DMB|ISB|NOP|WFI|WFE|SEV|CLREX|CLZ|RBIT|REV\w*|SSAT|USAT|LDREX\w*|STREX\w*|[LS]D\w*B|(dis|en)able_irq|(dis|en)able_fault_irq|[gs]et_\w+|bkpt|BKPT|no_operation|nop)|NVIC_\w+|HAL_NVIC_\w+|__NVIC_\w+|nvic_\w+|cli|sei|_NOP|_BV|BIT|sizeof|offsetof|(config|portcon)?(ASSERT|assert)\w*|assert_(param|failed)|UNUSED|LWIP_UNUSED_ARG|ARG_UNUSED|__builtin_\w+|__atomic_\w+|__sync_\w+|atomic_\w+|(std::)?(min|max|abs|swap|move)|MIN|MAX|ABS|pdMS_TO_TICKS|port(YIELD|END_SWITCHING)\w*|mem(cpy|set|move|cmp|chr)|str(len|n?cpy|n?cmp|n?cat|chr|rchr|str|tol|toul)|v?s?n?printf|puts|putchar|l?abs|f?abs|sqrtf?|sinf?|cosf?|tanf?|atan2?f?|powf?|expf?|logf?|floorf?|ceilf?|roundf?|fmodf?|fabsf?|malloc|free|calloc|rand|srand|abort|exit|pgm_read_\w+)$/.test(name);
}

/** Whether a call names a variable or a member that holds a function, not the function. */
export function goesThroughPointer({ name, isPointer }: Callee): boolean {
  return isPointer === true || /->|\./.test(name);
}
