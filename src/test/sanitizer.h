/* What the sanitizers and valgrind have to say about a test. */
#pragma once
#include <fleche/attributes.h>

enum { FL_SANITIZER_EXIT = 86 };                 /* how a process ends that a sanitizer stopped */

bool fl_sanitizer_leaks(void);                   /* whether memory is lost now; the report is on stderr. false without ASan */
unsigned fl_sanitizer_findings(void);            /* errors that valgrind has found so far in this process; else 0 */
double fl_sanitizer_slowness(void);              /* how many times longer all takes: 4 under ASan, 20 under valgrind */
