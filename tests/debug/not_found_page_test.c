/* The page for a path that leads nowhere, and the one of a site without routes. */
#include "../log/kept.h"
#include "site.h"

FL_TEST(the_patterns_that_were_tried_are_listed_in_order)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_response *response = fl_answer(request_to("GET", "/shop/nowhere/?q=1"), NULL);
    const char *page = body_of(response), *at = page;
    static const char *const tried[] = {
        "<li><code>pay/</code> <code>[name=&#x27;pay&#x27;]</code></li>",
        "<li><code>sealed/</code></li>",
        "<li><code>articles/&lt;int:id&gt;/</code> <code>[name=&#x27;article&#x27;]</code></li>",
        "<li><code>suspicious/</code></li>",
        "<li><code>^old-&lt;b&gt;(?P&lt;x&gt;[0-9]+)$</code></li>",
        "<li><code>shop/</code> <code></code> <code>[name=&#x27;shop&#x27;]</code></li>",
        "<li><code>shop/</code> <code>pay/</code> <code>[name=&#x27;pay&#x27;]</code></li>",
        "<li><code>shop/</code> <code>sealed/</code> <code>[name=&#x27;sealed&#x27;]</code></li>",
    };

    fl_expect_equal(response->status, 404);
    for (size_t i = 0; i < FL_LENGTH(tried); i++) {
        at = strstr(at, tried[i]);
        if (at == NULL)
            fl_fail("%s is missing or out of order in\n%s", tried[i], strstr(page, "<main"));
    }
    fl_expect_contains(page, "http://localhost/shop/nowhere/?q=1");
    fl_expect_contains(page, "</code> matched none of them.");
    fl_expect_contains(page, "<code>debug = true</code>");
}

FL_TEST(a_view_that_raises_is_named_with_its_message_and_place)
{
    set_up_site(&faulty_site, "faulty_dev");
    const char *page = page_at("/articles/7/");

    fl_expect_contains(page, "<p class=\"message\">no article &lt;7&gt;</p>");
    fl_expect_contains(page, "Raised by the view <code>article</code>");
    fl_expect_contains(page, "<code>articles/&lt;int:id&gt;/</code>");
    fl_expect_contains(page, "<code class=\"at\">tests/debug/site.c:");
}

FL_TEST(scripts_get_the_list_as_text)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_request *request = request_to("GET", "/nowhere/");
    fl_headers_put(&request->headers, fl_lit("Accept"), fl_lit("application/json"));
    fl_response *response = fl_answer(request, NULL);

    fl_expect_equal(response->status, 404);
    fl_expect(
        fl_starts_with(body_of(response), "404 Not Found: GET /nowhere/\n\nPatterns that were tried:\n  1. pay/ [name='pay']\n"));
}

FL_TEST(a_site_without_routes_says_welcome_at_its_root_only)
{
    set_up_site(&empty_site, "faulty_dev");
    int file = memory_file();
    log_to(fl_log_stream(file, FL_LOG_CONSOLE), FL_INFO);
    fl_response *response = fl_answer(request_to("GET", "/"), NULL);

    fl_expect_equal(response->status, 200);
    fl_expect_contains(body_of(response), "<h1>It works. Your site is running.</h1>");
    fl_expect_contains(body_of(response), "<code>empty_site</code>");
    fl_expect_equal(fl_answer(request_to("GET", "/x/"), NULL)->status, 404);
    fl_expect_equal(count_of(content(file), "Not Found: "), 1u);         /* that of /x/ */
}

FL_TEST(nobody_is_welcome_without_debug_or_with_routes)
{
    set_up_site(&empty_site, "faulty_live");
    fl_expect_equal(fl_answer(request_to("GET", "/"), NULL)->status, 404);
}

FL_TEST(a_site_with_routes_has_no_welcome)
{
    set_up_site(&faulty_site, "faulty_dev");
    fl_expect_equal(fl_answer(request_to("GET", "/"), NULL)->status, 404);
}
