/* Tokens against forgery, as text: a secret of 32 characters, masked anew in every page so that its bytes never repeat. */
#pragma once
#include <fleche/str.h>

enum { FL_CSRF_SECRET = 32, FL_CSRF_TOKEN = 64 };

/* The mask and the secret shifted by it; both have FL_CSRF_SECRET letters and digits. In the current arena. */
fl_str fl_csrf_mask(fl_str secret, fl_str mask);
fl_str fl_csrf_unmask(fl_str token);                 /* of FL_CSRF_TOKEN letters and digits */
/* NULL for a secret or a token; else why it is neither: "has incorrect length". */
const char *fl_csrf_format_problem(fl_str token);
/* The secret of either form. */
fl_str fl_csrf_secret_of(fl_str token);

/* origin.c: NULL, or why a request with these headers comes from elsewhere. */
struct fl_request;
const char *fl_csrf_origin_problem(const struct fl_request *request);
const char *fl_csrf_referer_problem(const struct fl_request *request);
