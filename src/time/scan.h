/* A reader of short texts: each step takes what it names and moves on, or takes nothing and says so. */
#pragma once
#include <fleche/str.h>

typedef struct fl_scan { const char *at, *end; } fl_scan;

static inline fl_scan fl_scan_of(fl_str text)
{
    const char *start = text.data == NULL ? "" : text.data;
    return (fl_scan){ start, start + text.size };
}

static inline bool fl_scan_ended(const fl_scan *s) { return s->at == s->end; }
static inline bool fl_scan_sees_digit(const fl_scan *s) { return s->at < s->end && (unsigned char)(*s->at - '0') <= 9; }
static inline bool fl_scan_sees_letter(const fl_scan *s) { return s->at < s->end && (unsigned char)((*s->at | 0x20) - 'a') < 26; }

static inline bool fl_scan_char(fl_scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static inline bool fl_scan_text(fl_scan *s, fl_str text)
{
    if (!fl_str_starts(fl_str_n(s->at, (size_t)(s->end - s->at)), text))
        return false;
    s->at += text.size;
    return true;
}

/* fl_scan_int takes `least` to `most` digits, at most 9; further digits stay. */
static inline bool fl_scan_int(fl_scan *s, int least, int most, int *ret)
{
    const char *at = s->at;
    int value = 0, n = 0;

    while (n < most && at < s->end && (unsigned char)(*at - '0') <= 9) {
        value = value * 10 + (*at++ - '0');
        n++;
    }
    if (n < least)
        return false;
    s->at = at;
    *ret = value;
    return true;
}

/* fl_scan_fraction takes 1 to `most` digits (6 or more) behind a decimal point and gives them as millionths, what is smaller
 * cut off. */
static inline bool fl_scan_fraction(fl_scan *s, int most, int *ret)
{
    int millionths;
    const char *start = s->at;

    if (!fl_scan_int(s, 1, 6, &millionths))
        return false;
    for (long n = s->at - start; n < 6; n++)
        millionths *= 10;
    while (s->at - start < most && fl_scan_sees_digit(s))
        s->at++;
    *ret = millionths;
    return true;
}
