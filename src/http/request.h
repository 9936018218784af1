/* A request's private half: what was parsed of it when it was first asked for. */
#pragma once
#include <fleche/upload.h>
#include "http/exchange.h"

typedef enum fl_body_state {
    FL_BODY_UNREAD,                                  /* all of it is still with the exchange, or there is none */
    FL_BODY_WHOLE,                                   /* request->body is all of it */
    FL_BODY_PARTLY,                                  /* fl_body_read has taken some */
    FL_BODY_PARSED,                                  /* it went into a form */
} fl_body_state;

typedef struct fl_request_parts {
    const fl_request_limits *limits;                 /* never NULL */
    fl_body_state body_state;
    fl_str ahead;                                    /* read, and not yet given to fl_body_read */
    fl_querydict *query, *form, *cookies;            /* NULL: not yet parsed */
    fl_dict *items;                                  /* fl_request_put; NULL: none */
    fl_dict *files;                                  /* field to a list of file objects; NULL: not yet parsed */
    const fl_upload_handler *const *handlers;        /* the request's own; NULL: the limits' */
} fl_request_parts;

/* What a protocol fills in is in fl_request; these make the rest ready. Parts are made when first needed, and whatever is parsed lives
 * in request->arena, whichever is current: fl_arena_set_here() around it (an error that unwinds restores the former by itself). */
fl_request_parts *fl_request_parts_of(const fl_request *request);

void fl_request_init(fl_request *request, fl_arena *arena);          /* GET / without a connection */
void fl_request_set_content_type(fl_request *request);     /* from its headers */
/* fl_request_read_early reads what fl_body would give, if that is cheap and sure: before the view. Waits; raises. */
void fl_request_read_early(fl_request *request);

/* fl_request_set_target takes the target apart ("/a/%C3%A9?b=1"): path, path_info, query_string, full_path; in the current arena where it
 * cannot stay in place (`target` ends with a NUL, may be changed, and lives as long as the request). -EBADMSG: no origin-form. */
FL_MUST_CHECK int fl_request_set_target(fl_request *request, fl_str target);
