/* The views of the site that is compared with Django's: django_site.py has them under the same names, some inside decorators. */
#pragma once
#include <fleche/app.h>

/* what was asked */
fl_view query, form, body, form_then_body, meta, headers, paths, host, accepts, cookies, set_cookie, delete_cookie, sign_cookie,
    signed_cookie;
/* answers */
fl_view redirect_to, redirect_by_name, redirect_as_shortcut, status, not_modified, not_allowed, fails, types, json_list,
    set_headers, vary, patched, stream, file, conditional, weakly_tagged, dated, plain_answer;
/* URLs */
fl_view arguments, by_position, matched, reversed_name;

enum { MODIFIED = 1700000000 };                  /* when the dated pages last changed */
fl_response *say(const char *text);              /* as text/plain */
fl_value lists(const fl_querydict *fields);      /* [[name, [value, …]], …] */
