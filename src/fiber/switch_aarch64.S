/* AAPCS64: x19 to x30, d8 to d15 and the stack pointer belong to the caller. */
#if defined(__aarch64__)
    .text
    .globl fl_switch
    .hidden fl_switch
    .type fl_switch, %function
    .p2align 4
fl_switch:
    .cfi_startproc
    sub sp, sp, #160
    .cfi_adjust_cfa_offset 160
    stp x19, x20, [sp, #0]
    stp x21, x22, [sp, #16]
    stp x23, x24, [sp, #32]
    stp x25, x26, [sp, #48]
    stp x27, x28, [sp, #64]
    stp x29, x30, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mov x9, sp
    str x9, [x0]
    mov sp, x1
    ldp x19, x20, [sp, #0]
    ldp x21, x22, [sp, #16]
    ldp x23, x24, [sp, #32]
    ldp x25, x26, [sp, #48]
    ldp x27, x28, [sp, #64]
    ldp x29, x30, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    .cfi_adjust_cfa_offset -160
    ret
    .cfi_endproc
    .size fl_switch, . - fl_switch

/* Where a new fiber begins: x19 holds the function, x20 its argument. No return address: backtraces end here. */
    .globl fl_switch_entry
    .hidden fl_switch_entry
    .type fl_switch_entry, %function
    .p2align 4
fl_switch_entry:
    .cfi_startproc
    .cfi_undefined x30
    mov x29, xzr
    mov x30, xzr
    mov x0, x20
    blr x19
    brk #1
    .cfi_endproc
    .size fl_switch_entry, . - fl_switch_entry
#endif
    .section .note.GNU-stack, "", %progbits
