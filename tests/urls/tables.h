/* What several tests of URL tables need: a view that no one calls, tables that end with the test, and short ways to ask. */
#pragma once
#include <fleche/test.h>
#include <fleche/urls.h>

static inline fl_response *no_view(fl_request *request)
{
    (void)request;
    return NULL;
}

static inline void forget_tables(void *unused)
{
    (void)unused;
    fl_urls_forget();
    fl_set_script_prefix(NULL);
}

/* The table as the site's root, until the end of the test. */
static inline const fl_url_table *use_urls(const fl_urls *urls)
{
    fl_defer(forget_tables, NULL);
    fl_urls_set_root(urls);
    return fl_urls_root();
}

/* The name of the route that takes a path; "(none)". */
static inline const char *name_at(const fl_url_table *table, const char *path)
{
    const fl_match *match = fl_url_resolve(table, path);
    return match == NULL ? "(none)" : match->url_name == NULL ? "(no name)" : match->url_name;
}

/* What it captures, as Python shows it: "{'year': 2026}", and behind it what has no name: "(1, 2)". */
static inline const char *arguments_at(const fl_url_table *table, const char *path)
{
    const fl_match *match = fl_url_resolve(table, path);
    fl_dict *named = fl_dict_new();
    fl_list *unnamed = fl_list_new();

    fl_expect(match != NULL);
    for (size_t i = 0; i < match->argument_count; i++)
        if (match->arguments[i].name != NULL)
            fl_dict_put(named, fl_str_of(match->arguments[i].name), match->arguments[i].value);
        else
            fl_list_push(unnamed, match->arguments[i].value);
    return fl_text("%s%s", fl_value_text(fl_box(named)), fl_len(unnamed) == 0 ? "" : fl_value_text(fl_box(unnamed)));
}
