/* Masks and secrets of CSRF tokens: a Vigenère cipher over letters and digits with a key that is used once. */
#include <fleche/arena.h>
#include "middleware/csrf.h"

enum { LETTERS = 62 };
static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/* LETTERS for what is none of them. */
static unsigned index_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return (unsigned)(c - 'a');
    if (c >= 'A' && c <= 'Z')
        return 26u + (unsigned)(c - 'A');
    return c >= '0' && c <= '9' ? 52u + (unsigned)(c - '0') : LETTERS;
}

fl_str fl_csrf_mask(fl_str secret, fl_str mask)
{
    char *token = fl_alloc(FL_CSRF_TOKEN + 1);

    memcpy(token, mask.data, FL_CSRF_SECRET);
    for (size_t i = 0; i < FL_CSRF_SECRET; i++)
        token[FL_CSRF_SECRET + i] = letters[(index_of(secret.data[i]) + index_of(mask.data[i])) % LETTERS];
    return fl_str_n(token, FL_CSRF_TOKEN);
}

fl_str fl_csrf_unmask(fl_str token)
{
    char *secret = fl_alloc(FL_CSRF_SECRET + 1);

    for (size_t i = 0; i < FL_CSRF_SECRET; i++)
        secret[i] = letters[(index_of(token.data[FL_CSRF_SECRET + i]) + LETTERS - index_of(token.data[i])) % LETTERS];
    return fl_str_n(secret, FL_CSRF_SECRET);
}

const char *fl_csrf_format_problem(fl_str token)
{
    if (token.size != FL_CSRF_SECRET && token.size != FL_CSRF_TOKEN)
        return "has incorrect length";
    for (size_t i = 0; i < token.size; i++)
        if (index_of(token.data[i]) == LETTERS)
            return "has invalid characters";
    return NULL;
}

fl_str fl_csrf_secret_of(fl_str token) { return token.size == FL_CSRF_TOKEN ? fl_csrf_unmask(token) : token; }
