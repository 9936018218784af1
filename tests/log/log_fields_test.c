/* Fields of records. */
#include <fleche/log.h>
#include <fleche/heap.h>
#include <math.h>
#include "kept.h"
#include "log/log.h"

static void keep_fields(const fl_log_record *record, void *data)
{
    fl_buf *out = data;
    fl_buf_clear(out);
    fl_buf_add(out, record->fields);
}

static fl_buf *kept_fields(void)
{
    fl_buf *out = fl_new_of(fl_buf);

    *out = fl_buf_in(fl_arena_here(), 1 << 20);
    log_to(fl_log_callback(keep_fields, out), FL_INFO);
    return out;
}

FL_TEST(fields_keep_their_kinds)
{
    fl_buf *fields = kept_fields();

    fl_log_with(FL_INFO, "shop", FL_PAIRS("order", 7, "big", UINT64_MAX, "ratio", 0.1, "paid", FL_TRUE, "note", "a\"b"), "x");
    fl_expect_text(fl_buf_c(fields), "\"order\": 7, \"big\": 18446744073709551615, \"ratio\": 0.1, \"paid\": true, "
                                     "\"note\": \"a\\\"b\"");
    fl_log_with(FL_INFO, "shop", FL_PAIRS("none", (char *)NULL, "tags", fl_list_of("c", 7), "nan", nan(""), "low", -HUGE_VAL),
                "x");
    fl_expect_text(fl_buf_c(fields), "\"none\": null, \"tags\": [\"c\", 7], \"nan\": \"nan\", \"low\": \"-inf\"");
}

FL_TEST(fields_take_any_bytes)
{
    fl_buf *fields = kept_fields();

    fl_log_with(FL_INFO, "shop", FL_PAIRS("a\nb", "\xff\x1b", "list", fl_list_of("\xff")), "x");
    fl_expect(fl_str_starts(fl_buf_str(fields), fl_lit("\"a\\nb\": \"\\\\xff\\u001b\", \"list\": \"['")));
    fl_expect(fl_str_ends(fl_buf_str(fields), fl_lit("']\"")));
}

FL_TEST(names_of_the_record_are_not_taken)
{
    fl_buf *fields = kept_fields();

    fl_log_with(FL_INFO, "shop", FL_PAIRS("message", "forged", "levels", 1, 7, "no name"), "x");
    fl_expect_text(fl_buf_c(fields), "\"message_\": \"forged\", \"levels\": 1, \"?\": \"no name\"");
}

FL_TEST(long_fields_are_cut_and_many_left_out)
{
    fl_buf *fields = kept_fields();
    char *text = memset(fl_alloc(100001), 'x', 100000);

    fl_log_with(FL_INFO, "shop", FL_PAIRS("three", fl_text("%.*s", 3000, text)), "x");
    fl_expect_equal(fields->size, strlen("\"three\": \"\"") + 3000);
    fl_log_with(FL_INFO, "shop", FL_PAIRS("long", text, "the second of them", 2, "the third of them", 3), "x");
    fl_expect(fields->size > 32000 && fields->size <= FL_LOG_LINE / 2);
    fl_expect_equal(count_of(fl_buf_str(fields), "bytes more)\", \"fields_left_out\": 2"), 1u);
    fl_heap_fail(1, true);
    fl_log_with(FL_INFO, "shop", FL_PAIRS("first", 1, "long", text), "x");
    fl_heap_fail(0, false);
    fl_expect(fields->size > 1900 && fields->size <= 2048);
    fl_expect(fl_str_starts(fl_buf_str(fields), fl_lit("\"first\": 1, \"long\": \"xxx")));
}

static const fl_type raising_type;
typedef struct raising { fl_tag tag; } raising;

FL_TEST(an_object_that_raises_is_said_to)
{
    fl_buf *fields = kept_fields();
    fl_arena *before = fl_arena_here();
    size_t live = fl_arena_live();
    raising object = { FL_OBJECT(raising_type) };

    fl_log_with(FL_INFO, "shop", FL_PAIRS("object", &object, "next", 2), "x");
    fl_expect_contains(fl_buf_c(fields), "\"object\": ");
    fl_expect_contains(fl_buf_c(fields), ", \"next\": 2");
    fl_expect_same(fl_arena_here(), before);
    fl_expect_equal(fl_arena_live(), live);
}

FL_TEST(fields_are_not_made_for_nobody)
{
    fl_buf *fields = kept_fields();

    fl_log_with(FL_DEBUG, "shop", FL_PAIRS("n", 1), "x");
    fl_expect_equal(fields->size, 0u);
}
