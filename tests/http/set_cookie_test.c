/* Set-Cookie in Django's bytes, and what no cookie may be. */
#include "vectors.h"

/* -- Django's ---------------------------------------------------------------------------------------------------------------------- */

static void check_set(const vector *v)
{
    fl_response *response = fl_status_response(200);
    const char *max_age = vector_text(v, 3), *expires = vector_text(v, 4);
    fl_cookie_options options = {
        .path = vector_text(v, 5),
        .domain = vector_text(v, 6),
        .secure = vector_bool(v, 7),
        .http_only = vector_bool(v, 8),
        .same_site = vector_text(v, 9),
    };

    if (max_age != NULL)
        options.max_age = FL_MICROSECONDS(vector_int(v, 3));
    if (expires != NULL)
        options.expires = fl_datetime_add(fl_datetime_of_unix(0, 0), FL_MICROSECONDS(vector_int(v, 4)));
    fl_set_cookie_(response, fl_str_c(v->fields[1]), fl_str_c(v->fields[2]), &options);
    fl_expect_bytes(fl_str_of(response->cookies->header), v->fields[10]);
}

FL_TEST(cookies_are_written_as_django_writes_them)
{
    freeze();
    each_http_vector("cookie", check_set);
}

static void check_delete(const vector *v)
{
    fl_response *response = fl_status_response(200);

    fl_delete_cookie(response, fl_str_c(v->fields[1]), .path = vector_text(v, 2), .domain = vector_text(v, 3),
                     .same_site = vector_text(v, 4));
    fl_expect_bytes(fl_str_of(response->cookies->header), v->fields[5]);
}

FL_TEST(cookies_are_deleted_as_django_deletes_them) { each_http_vector("delete", check_delete); }

FL_TEST(a_session_cookie_of_two_weeks)
{
    fl_response *response = fl_status_response(200);

    freeze();
    fl_set_cookie(response, "sessionid", "abc", .max_age = FL_SECONDS(1209600), .secure = true, .http_only = true,
                  .same_site = "Lax");
    fl_expect_text(
        response->cookies->header,
        "sessionid=abc; expires=Tue, 28 Nov 2023 22:13:20 GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure");
}

/* -- options ------------------------------------------------------------------------------------------------------------------------- */

FL_TEST(without_a_life_it_ends_with_the_browser)
{
    fl_response *response = fl_status_response(200);

    fl_set_cookie(response, "a", "b");
    fl_expect_text(response->cookies->header, "a=b; Path=/");
    fl_set_cookie(response, "a", "b", .path = "");
    fl_expect_text(response->cookies->header, "a=b");
    fl_set_cookie(response, "a", NULL);
    fl_expect_text(response->cookies->header, "a=\"\"; Path=/");
}

FL_TEST(a_gone_cookie_is_deleted)
{
    fl_response *response = fl_status_response(200);

    fl_set_cookie(response, "a", "b", .max_age = FL_COOKIE_GONE);
    fl_expect_text(response->cookies->header, "a=b; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/");
}

FL_TEST(an_end_on_the_second_is_sent_as_it_is)
{
    fl_response *response = fl_status_response(200);

    fl_clock_freeze(fl_datetime_of_unix(1700000000, 0));
    fl_set_cookie(response, "a", "b", .expires = fl_datetime_of_unix(1700000060, 0));
    fl_expect_text(response->cookies->header, "a=b; expires=Tue, 14 Nov 2023 22:14:20 GMT; Max-Age=60; Path=/");
}

FL_TEST(a_later_cookie_takes_the_place_of_one_of_its_name)
{
    fl_response *response = fl_status_response(200);

    fl_set_cookie(response, "a", "1", .http_only = true);
    fl_set_cookie(response, "b", "2");
    fl_set_cookie(response, "A", "3");
    fl_set_cookie(response, "a", "4");
    fl_set_cookie *first = response->cookies;
    fl_expect_text(first->header, "a=4; Path=/");
    fl_expect_text(first->next->header, "b=2; Path=/");
    fl_expect_text(first->next->next->header, "A=3; Path=/");
    fl_expect(first->next->next->next == NULL);
}

FL_TEST(a_cookie_set_in_a_scope_outlives_it)
{
    fl_response *response = fl_status_response(200);

    fl_scope
        fl_set_cookie(response, fl_text("a%d", 1), fl_text("b%d", 2), .path = fl_text("/%d", 3));
    (void)fl_text("what would take the scope's place, and is as long as that");
    fl_expect_bytes(response->cookies->name, fl_lit("a1"));
    fl_expect_text(response->cookies->header, "a1=b2; Path=/3");
}

/* -- what is refused ------------------------------------------------------------------------------------------------------------------- */

typedef struct attempt { const char *name, *value; fl_cookie_options options; } attempt;

static void try_setting(void *data)
{
    const attempt *a = data;
    fl_set_cookie_(fl_status_response(200), a->name, a->value, &a->options);
}

static void check_refused(const void *row)
{
    fl_label("%s=%s", ((const attempt *)row)->name, ((const attempt *)row)->value);
    fl_expect_error(FL_BAD_HEADER, try_setting, row);
}

FL_TEST(what_would_be_more_than_one_attribute_is_refused)
{
    static const attempt attempts[] = {
        { "", "v", { .path = "/" } },
        { "a b", "v", { .path = "/" } },
        { "a=b", "v", { .path = "/" } },
        { "a;b", "v", { .path = "/" } },
        { "a\r\nX: y", "v", { .path = "/" } },
        { "é", "v", { .path = "/" } },
        { "\"a\"", "v", { .path = "/" } },
        { "path", "v", { .path = "/" } },
        { "Max-Age", "v", { .path = "/" } },
        { "SECURE", "v", { .path = "/" } },
        { "a", "日本", { .path = "/" } },
        { "a", "\xff", { .path = "/" } },
        { "a", "\xc3", { .path = "/" } },
        { "a", "v", { .path = "/; Secure" } },
        { "a", "v", { .path = "/\r\nX: y" } },
        { "a", "v", { .path = "/é" } },
        { "a", "v", { .domain = "example.com; HttpOnly" } },
        { "a", "v", { .domain = "example.com\n" } },
    };

    fl_table(attempts, check_refused);
}

FL_TEST(a_value_never_ends_the_line)
{
    fl_response *response = fl_status_response(200);

    fl_set_cookie(response, "a", "b\r\nX-Evil: 1;\tc");
    fl_expect_text(response->cookies->header, "a=\"b\\015\\012X-Evil: 1\\073\\011c\"; Path=/");
}

FL_TEST(same_site_is_one_of_three)
{
    static const attempt wrong = { "a", "v", { .same_site = "Lax; Secure" } }, unknown = { "a", "v", { .same_site = "maybe" } };

    fl_expect_error(FL_VALUE_ERROR, try_setting, &wrong);
    fl_expect_contains(fl_expect_raises(FL_VALUE_ERROR, try_setting, &unknown)->message, "Strict");
}

FL_TEST(max_age_and_expires_exclude_each_other)
{
    const attempt both = { "a", "v", { .max_age = FL_DAYS(1), .expires = fl_datetime_of_unix(1700000000, 0) } };
    fl_expect_error(FL_VALUE_ERROR, try_setting, &both);
}

FL_TEST(a_cookie_has_16_kib_at_most)
{
    char *value = fl_alloc(16385);
    attempt a = { "a", value, { .path = "/" } };

    memset(value, ',', 16382);
    try_setting(&a);
    memset(value, ',', 16383);
    fl_expect_contains(fl_expect_raises(FL_BAD_HEADER, try_setting, &a)->message, "longer than 16384 bytes");
}
