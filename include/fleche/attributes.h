/* Short spellings of the attributes that Flèche's headers use, and the compiler switches behind them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FL_UNUSED            __attribute__((unused))
#define FL_MUST_CHECK        __attribute__((warn_unused_result))
#define FL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define FL_COLD              __attribute__((cold, noinline))
#define FL_NOINLINE          __attribute__((noinline))
#define FL_LIKELY(x)         __builtin_expect(!!(x), 1)
#define FL_UNLIKELY(x)       __builtin_expect(!!(x), 0)

/* FL_LENGTH(array): its number of elements; a pointer does not compile. */
#define FL_LENGTH(array) (sizeof(array) / sizeof *(array) + 0 * sizeof(struct { \
    _Static_assert(!__builtin_types_compatible_p(__typeof__(array), __typeof__(&(array)[0])), "FL_LENGTH wants an array"); char c; }))

/* FL_CONTAINER(pointer, T, member): the T whose member it points to. */
#define FL_CONTAINER(pointer, T, member) ((T *)(void *)((char *)(pointer) - offsetof(T, member)))

#if defined(__SANITIZE_ADDRESS__)
#define FL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FL_ASAN 1
#endif
#endif
#ifndef FL_ASAN
#define FL_ASAN 0
#endif

#if defined(__SANITIZE_THREAD__)
#define FL_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define FL_TSAN 1
#endif
#endif
#ifndef FL_TSAN
#define FL_TSAN 0
#endif
