/* System V AMD64: rbx, rbp, r12 to r15 and the stack pointer belong to the caller. */
#if defined(__x86_64__)
    .text
    .globl fl_switch
    .hidden fl_switch
    .type fl_switch, @function
    .p2align 4
fl_switch:
    .cfi_startproc
    pushq %rbp
    .cfi_adjust_cfa_offset 8
    pushq %rbx
    .cfi_adjust_cfa_offset 8
    pushq %r12
    .cfi_adjust_cfa_offset 8
    pushq %r13
    .cfi_adjust_cfa_offset 8
    pushq %r14
    .cfi_adjust_cfa_offset 8
    pushq %r15
    .cfi_adjust_cfa_offset 8
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    .cfi_adjust_cfa_offset -8
    popq %r14
    .cfi_adjust_cfa_offset -8
    popq %r13
    .cfi_adjust_cfa_offset -8
    popq %r12
    .cfi_adjust_cfa_offset -8
    popq %rbx
    .cfi_adjust_cfa_offset -8
    popq %rbp
    .cfi_adjust_cfa_offset -8
    ret
    .cfi_endproc
    .size fl_switch, . - fl_switch

/* Where a new fiber begins: r12 holds the function, r13 its argument. No return address: backtraces end here. */
    .globl fl_switch_entry
    .hidden fl_switch_entry
    .type fl_switch_entry, @function
    .p2align 4
fl_switch_entry:
    .cfi_startproc
    .cfi_undefined rip
    xorl %ebp, %ebp
    movq %r13, %rdi
    callq *%r12
    ud2
    .cfi_endproc
    .size fl_switch_entry, . - fl_switch_entry
#endif
    .section .note.GNU-stack, "", @progbits
