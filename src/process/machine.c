/* The parts of crash handling that know the processor, and what code is whose. */
#include "process/crash.h"
#include <link.h>
#include <string.h>
#include <unwind.h>

enum { SEGMENTS = 16 };
static struct { uintptr_t start, end; } own[SEGMENTS];
static size_t own_count;

static int add_segments(struct dl_phdr_info *object, size_t size, void *data)
{
    bool has_loader = false;

    (void)size;
    (void)data;
    for (int i = 0; i < object->dlpi_phnum && own_count < SEGMENTS; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        has_loader |= part->p_type == PT_INTERP;
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
            continue;
        own[own_count].start = object->dlpi_addr + part->p_vaddr;
        own[own_count].end = own[own_count].start + part->p_memsz;
        own_count++;
    }
    if (!has_loader)
        own_count = 0;
    return 1;                                        /* the first object is the program itself: no more */
}

void fl_own_code_find(void)
{
    own_count = 0;
    (void)dl_iterate_phdr(add_segments, NULL);
}

bool fl_own_code_has(const void *address)
{
    for (size_t i = 0; i < own_count; i++)
        if ((uintptr_t)address >= own[i].start && (uintptr_t)address < own[i].end)
            return true;
    return false;
}

#if defined(__x86_64__)
void *fl_machine_pc(const ucontext_t *at) { return (void *)at->uc_mcontext.gregs[REG_RIP]; }

bool fl_machine_land(ucontext_t *at, void (*landing)(void))
{
    enum { RED_ZONE = 128, DIRECTION = 0x400 };
    greg_t *registers = at->uc_mcontext.gregs;
    uintptr_t sp = ((uintptr_t)registers[REG_RSP] - RED_ZONE) & ~(uintptr_t)15;

    sp -= sizeof(void *);
    *(uintptr_t *)sp = (uintptr_t)registers[REG_RIP];                      /* the return address of a call that never returns */
    registers[REG_RSP] = (greg_t)sp;
    registers[REG_RIP] = (greg_t)(uintptr_t)landing;
    registers[REG_EFL] &= ~(greg_t)DIRECTION;
    return true;
}

void fl_machine_back_to_call(ucontext_t *at)
{
    greg_t *registers = at->uc_mcontext.gregs;

    memcpy(&registers[REG_RIP], (const void *)registers[REG_RSP], sizeof(void *));
    registers[REG_RIP]--;                            /* inside the call, not behind it */
    registers[REG_RSP] += (greg_t)sizeof(void *);
}
#elif defined(__aarch64__)
void *fl_machine_pc(const ucontext_t *at) { return (void *)at->uc_mcontext.pc; }

bool fl_machine_land(ucontext_t *at, void (*landing)(void))
{
    at->uc_mcontext.regs[30] = at->uc_mcontext.pc;
    at->uc_mcontext.pc = (uintptr_t)landing;
    return true;
}

void fl_machine_back_to_call(ucontext_t *at) { at->uc_mcontext.pc = at->uc_mcontext.regs[30] - 4; }
#else
void *fl_machine_pc(const ucontext_t *at)
{
    (void)at;
    return NULL;
}
bool fl_machine_land(ucontext_t *at, void (*landing)(void))
{
    (void)at;
    (void)landing;
    return false;
}
void fl_machine_back_to_call(ucontext_t *at) { (void)at; }
#endif

/* -- is a jump out of here safe? --------------------------------------------------------------------------------------------- */

typedef struct { uintptr_t pc, frame; bool reached, clean, complete; } walk;

/* Innermost first: the handler's own frames, the kernel's between it and the fault, the fault, and its callers. */
static _Unwind_Reason_Code look_at(struct _Unwind_Context *frame, void *data)
{
    walk *w = data;
    uintptr_t ip = _Unwind_GetIP(frame);

    w->reached |= ip == w->pc;
    if (!w->reached)
        return _URC_NO_REASON;
    if (!fl_own_code_has((void *)ip))
        w->clean = false;
    if (_Unwind_GetCFA(frame) >= w->frame)           /* this is fl_protect(), in whose frame the jump buffer lies */
        w->complete = true;
    return w->clean && !w->complete ? _URC_NO_REASON : _URC_END_OF_STACK;
}

bool fl_fault_is_clean(const ucontext_t *at)
{
    const fl_context *here = fl_here_;

    if (here == NULL || here->frame == NULL || !fl_own_code_has(fl_machine_pc(at)))
        return false;
    walk w = { .pc = (uintptr_t)fl_machine_pc(at), .frame = (uintptr_t)here->frame, .clean = true };
    (void)_Unwind_Backtrace(look_at, &w);
    return w.clean && w.complete;
}
