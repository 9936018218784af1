/* What Flèche's own sources do not call; the name that the compiler then misses says why. Included before every file of src/. */
#pragma once
#ifndef __ASSEMBLER__
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define FL_BANNED(name, why) name##_is_banned_##why

#undef strcpy
#define strcpy(...) FL_BANNED(strcpy, use_fl_buf_or_memcpy)
#undef strcat
#define strcat(...) FL_BANNED(strcat, use_fl_buf)
#undef strncpy
#define strncpy(...) FL_BANNED(strncpy, use_fl_str)
#undef strncat
#define strncat(...) FL_BANNED(strncat, use_fl_buf)
#undef sprintf
#define sprintf(...) FL_BANNED(sprintf, use_snprintf_or_fl_buf_format)
#undef vsprintf
#define vsprintf(...) FL_BANNED(vsprintf, use_vsnprintf)
#undef strtok
#define strtok(...) FL_BANNED(strtok, use_fl_str_cut)
#undef strdup
#define strdup(...) FL_BANNED(strdup, use_fl_arena_copy_text)
#undef strndup
#define strndup(...) FL_BANNED(strndup, use_fl_arena_copy_text)
#undef gmtime
#define gmtime(...) FL_BANNED(gmtime, use_fl_civil_of)
#undef localtime
#define localtime(...) FL_BANNED(localtime, use_fl_civil_of)
#undef ctime
#define ctime(...) FL_BANNED(ctime, use_fl_datetime_text)
#undef asctime
#define asctime(...) FL_BANNED(asctime, use_fl_datetime_text)
#undef atoi
#define atoi(...) FL_BANNED(atoi, use_fl_str_int)
#undef atol
#define atol(...) FL_BANNED(atol, use_fl_str_int)
#undef atof
#define atof(...) FL_BANNED(atof, use_fl_str_double)
#undef rand
#define rand(...) FL_BANNED(rand, use_fl_random_below)
#undef srand
#define srand(...) FL_BANNED(srand, use_fl_random_below)
#undef alloca
#define alloca(...) FL_BANNED(alloca, use_an_arena)
#ifndef FL_THE_HEAP_ITSELF
#undef malloc
#define malloc(...) FL_BANNED(malloc, use_fl_heap_alloc)
#undef calloc
#define calloc(...) FL_BANNED(calloc, use_fl_heap_zalloc)
#undef realloc
#define realloc(...) FL_BANNED(realloc, use_fl_heap_resize)
#undef free
#define free(...) FL_BANNED(free, use_fl_heap_free)
#endif
#endif
