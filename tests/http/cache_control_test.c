/* Vary and Cache-Control, patched as Django patches them. */
#include "vectors.h"

static fl_response *with(const char *name, const char *value)
{
    fl_response *response = fl_status_response(200);

    if (value != NULL)
        fl_put_header(response, fl_str_of(name), fl_str_of(value));
    return response;
}

static void check_vary(const vector *v)
{
    fl_response *response = with("Vary", vector_text(v, 1));

    fl_vary_on_(response, vector_words(v, 2));
    fl_expect_bytes(fl_str_of(fl_response_header(response, "Vary")), v->fields[3]);
}

FL_TEST(vary_is_patched_as_django_patches_it) { each_http_vector("vary", check_vary); }

static void check_cache(const vector *v)
{
    fl_response *response = with("Cache-Control", vector_text(v, 1));

    fl_patch_cache_control_(response, vector_words(v, 2));
    fl_expect_bytes(fl_str_of(fl_response_header(response, "Cache-Control")), v->fields[3]);
}

FL_TEST(cache_control_is_patched_as_django_patches_it) { each_http_vector("cache", check_cache); }

static void check_never(const vector *v)
{
    fl_response *response = with("Cache-Control", vector_text(v, 1));

    if (vector_text(v, 2) != NULL)
        fl_set_default_header(response, "Expires", vector_text(v, 2));
    fl_never_cache(response);
    fl_expect_bytes(fl_str_of(fl_response_header(response, "Cache-Control")), v->fields[3]);
    fl_expect_bytes(fl_str_of(fl_response_header(response, "Expires")), v->fields[4]);
}

FL_TEST(never_cache_says_what_django_says)
{
    freeze();
    each_http_vector("never", check_never);
}

FL_TEST(vary_in_several_lines_becomes_one)
{
    fl_response *response = with("Vary", "Cookie");

    fl_add_header(response, fl_lit("Vary"), fl_lit("Accept"));
    fl_vary_on(response, "accept", "Accept-Language");
    fl_expect_text(fl_response_header(response, "Vary"), "Cookie, Accept, Accept-Language");
    fl_expect_equal(fl_headers_count_of(&response->headers, fl_lit("Vary")), 1);
}

FL_TEST(varying_on_nothing_changes_nothing)
{
    fl_response *response = with("Vary", NULL);

    fl_vary_on(response);
    fl_expect_text(fl_response_header(response, "Vary"), NULL);
}

FL_TEST(the_shorter_life_wins)
{
    fl_response *response = with("Cache-Control", "max-age=60");

    fl_patch_cache_control(response, "max-age=600");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=60");
    fl_patch_cache_control(response, "max-age=6");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=6");
}

FL_TEST(a_life_that_is_no_number_is_replaced)
{
    fl_response *response = with("Cache-Control", "max-age=soon");

    fl_patch_cache_control(response, "max-age=600");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=600");
}

FL_TEST(fields_of_no_cache_gather_until_all_are_meant)
{
    fl_response *response = with("Cache-Control", "no-cache=\"Set-Cookie, X\", private");

    fl_patch_cache_control(response, "no-cache=Y", "no-cache=Y");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "no-cache=\"Set-Cookie, X\", no-cache=Y, private");
    fl_patch_cache_control(response, "no-cache");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "no-cache, private");
    fl_patch_cache_control(response, "no-cache=Z");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "no-cache, private");
}

FL_TEST(public_and_private_replace_each_other)
{
    fl_response *response = with("Cache-Control", "private, max-age=5");

    fl_patch_cache_control(response, "public");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=5, public");
    fl_patch_cache_control(response, "PRIVATE");
    fl_expect_text(fl_response_header(response, "Cache-Control"), "max-age=5, private");
}
