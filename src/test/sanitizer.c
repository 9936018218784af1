/* The sanitizers' options for a program of tests, and asking them. */
#include <fleche/attributes.h>
#include "test/sanitizer.h"

#if FL_ASAN
#include <sanitizer/lsan_interface.h>
bool fl_sanitizer_leaks(void) { return __lsan_do_recoverable_leak_check() != 0; }
#else
bool fl_sanitizer_leaks(void) { return false; }
#endif

#if defined(FL_HAVE_VALGRIND)
#include <valgrind/valgrind.h>
unsigned fl_sanitizer_findings(void) { return (unsigned)VALGRIND_COUNT_ERRORS; }
static bool in_valgrind(void) { return RUNNING_ON_VALGRIND != 0; }
#else
unsigned fl_sanitizer_findings(void) { return 0; }
static bool in_valgrind(void) { return false; }
#endif

double fl_sanitizer_slowness(void) { return in_valgrind() ? 20 : FL_ASAN || FL_TSAN ? 4 : 1; }

const char *__asan_default_options(void);
const char *__lsan_default_options(void);
const char *__ubsan_default_options(void);

/* leak_check_at_exit=0: each test asks for itself, before exit() has hidden anything. handle_abort=0: abort() ends a test by
 * SIGABRT, as it does elsewhere. detect_stack_use_after_return=0: its copies of frames do not follow from one fiber's stack to
 * another's. allocator_may_return_null=1: too large an allocation is NULL, as malloc's. */
const char *__asan_default_options(void)
{
    return "exitcode=86:leak_check_at_exit=0:handle_abort=0:detect_stack_use_after_return=0:allocator_may_return_null=1";
}

const char *__lsan_default_options(void) { return "exitcode=86:leak_check_at_exit=0"; }

/* Undefined behaviour ends the test; without this it would be a line of text in a test that passed. */
const char *__ubsan_default_options(void) { return "exitcode=86:halt_on_error=1:print_stacktrace=1"; }
