/* What a new fiber's stack holds before its first switch: the registers that fl_switch takes off it, and where it returns to. */
#include <stdint.h>
#include <string.h>
#include "fiber/switch.h"

extern void fl_switch_entry(void);

#if defined(__x86_64__)
enum { REGISTERS = 7, FUNCTION = 3, ARGUMENT = 2, RETURN = 6 };        /* r15 r14 r13 r12 rbx rbp, the return address */
#elif defined(__aarch64__)
enum { REGISTERS = 20, FUNCTION = 0, ARGUMENT = 1, RETURN = 11 };      /* x19 x20 … x29 x30, d8 to d15 */
#else
#error "no assembly for this processor: build with -Dfibers=ucontext"
#endif

fl_machine fl_machine_new(void *bottom, void *top, void (*entry)(void *data), void *data)
{
    uintptr_t at = ((uintptr_t)top & ~(uintptr_t)15) - REGISTERS * sizeof(uintptr_t);
    uintptr_t *registers = (uintptr_t *)at;

    (void)bottom;
    memset(registers, 0, REGISTERS * sizeof *registers);
    registers[FUNCTION] = (uintptr_t)entry;
    registers[ARGUMENT] = (uintptr_t)data;
    registers[RETURN] = (uintptr_t)fl_switch_entry;
    return registers;
}

fl_machine fl_machine_of_thread(void) { return NULL; }
