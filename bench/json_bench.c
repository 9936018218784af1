/* JSON against jansson: about 100 KB of records with integers, floats, short texts and nested lists; doubles against libc. */
#include <fleche/bench.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS = 340, DOUBLES = 1000 };

/* Made once, the same in every run. */
static fl_str document(void)
{
    static fl_buf out = { .limit = 1 << 20 };
    unsigned seed = 12345;

    if (out.size > 0)
        return fl_buf_str(&out);
    for (int i = 0; i < RECORDS; i++) {
        unsigned r = seed = seed * 1103515245 + 12345;
        fl_buf_format(&out, "%s{\"id\": %d, \"name\": \"customer %u\", \"email\": \"user%u@example.org\", \"active\": %s, ",
                      i == 0 ? "[" : ", ", i, r >> 20, r >> 18, r >> 31 ? "true" : "false");
        fl_buf_format(
            &out, "\"balance\": %.2f, \"score\": %.6f, \"tags\": [\"alpha\", \"beta\", \"t%u\"], \"visits\": [%u, %u, %u, %u], ",
            (r >> 8) / 100.0, (r >> 12) / 1e6, r >> 24, r >> 25, r >> 22, r >> 19, r >> 16);
        fl_buf_format(
            &out, "\"address\": {\"street\": \"%u Main Street\", \"city\": \"Springfield\", \"zip\": \"%05u\"}, \"note\": null, ",
            r >> 23, r >> 16);
        fl_buf_add_c(&out, "\"bio\": \"She said \\\"hello\\\" and left.\\nThen \\u00e9t\\u00e9.\"}");
    }
    fl_buf_add_char(&out, ']');
    return fl_buf_str(&out);
}

static void fleche_parse(size_t n)
{
    fl_str text = document();

    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_json *json = NULL;
            if (fl_json_try_parse(text, NULL, &json, NULL) != 0)
                abort();
            fl_bench_use(json);
        }
}

static void fleche_write(size_t n)
{
    fl_json *json;

    if (fl_json_try_parse(document(), NULL, &json, NULL) != 0)
        abort();
    for (size_t i = 0; i < n; i++)
        fl_scope {
            fl_buf out = fl_buf_in(fl_arena_here(), 1 << 20);
            if (fl_json_write(json->value, NULL, &out) != 0)
                abort();
            fl_bench_use(out.data);
        }
}

#ifdef FL_HAVE_JANSSON
#include <jansson.h>

static void jansson_parse(size_t n)
{
    fl_str text = document();

    for (size_t i = 0; i < n; i++) {
        json_t *json = json_loadb(text.data, text.size, 0, NULL);
        fl_bench_use(json);
        json_decref(json);
    }
}

static void jansson_write(size_t n)
{
    fl_str text = document();
    json_t *json = json_loadb(text.data, text.size, 0, NULL);

    for (size_t i = 0; i < n; i++) {
        char *out = json_dumps(json, JSON_ENSURE_ASCII);
        fl_bench_use(out);
        free(out);
    }
    json_decref(json);
}

FL_BENCH_PAIR(json_parse, fleche_parse, jansson_parse, .unit = "document", .target = 4, .target_of = FL_TARGET_TIMES_FASTER);
FL_BENCH_PAIR(json_write, fleche_write, jansson_write, .unit = "document", .target = 4, .target_of = FL_TARGET_TIMES_FASTER);
#else
FL_BENCH(json_parse, .unit = "document") { fleche_parse(n); }
FL_BENCH(json_write, .unit = "document") { fleche_write(n); }
#endif

/* -- doubles ---------------------------------------------------------------------------------------------------------------- */

/* Half with two places, half with all 17 digits. */
static double number(size_t i) { return i % 2 == 0 ? (double)(i * 7919 % 1000000) / 100 : 1 / (double)(i % DOUBLES + 3); }

static void fleche_double_write(size_t n)
{
    char text[64];

    for (size_t i = 0; i < n; i++) {
        fl_buf out = { .data = text, .capacity = sizeof text, .limit = sizeof text };
        fl_buf_add_double(&out, number(i));
        fl_bench_use(out.size);
    }
}

static void snprintf_17g(size_t n)
{
    char text[64];

    for (size_t i = 0; i < n; i++) {
        (void)snprintf(text, sizeof text, "%.17g", number(i));
        fl_bench_use(text[0]);
    }
}

static char (*number_texts(void))[32]
{
    static char texts[DOUBLES][32];

    if (texts[0][0] != '\0')
        return texts;
    for (size_t i = 0; i < DOUBLES; i++) {
        fl_buf out = { .data = texts[i], .capacity = sizeof texts[i] - 1, .limit = sizeof texts[i] - 1 };
        fl_buf_add_double(&out, number(i));
        texts[i][out.size] = '\0';
    }
    return texts;
}

static void fleche_double_read(size_t n)
{
    char(*texts)[32] = number_texts();
    double value;

    for (size_t i = 0; i < n; i++) {
        if (!fl_str_double(fl_str_of(texts[i % DOUBLES]), &value))
            abort();
        fl_bench_use(value);
    }
}

static void libc_strtod(size_t n)
{
    char(*texts)[32] = number_texts();

    for (size_t i = 0; i < n; i++)
        fl_bench_use(strtod(texts[i % DOUBLES], NULL));
}

FL_BENCH_PAIR(double_write, fleche_double_write, snprintf_17g, .unit = "number", .target = 4,
              .target_of = FL_TARGET_TIMES_FASTER);
FL_BENCH_PAIR(double_read, fleche_double_read, libc_strtod, .unit = "number", .target = 2, .target_of = FL_TARGET_TIMES_FASTER);
