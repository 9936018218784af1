/* Uploads: files of multipart/form-data, handed to handlers as they arrive, so that a file of any size takes little memory.
 *
 *     fl_file *cover = fl_upload(req, "cover");             // the usual handlers: memory up to 2.5 MB, then a temporary file
 *
 *     fl_request_upload_handlers(req, &quota, &fl_memory_upload, &fl_temporary_upload);     // before the form is asked for
 *
 * Handlers are asked in order. Each chunk goes through them until one takes it; the first that gives a file for a field wins. */
#pragma once
#include "http.h"

typedef struct fl_upload_info {                  /* one file's headers; lives as long as the request */
    const char *field, *name;                    /* the name is safe: no directories, no control characters, at most 255 bytes */
    const char *content_type, *charset;          /* "" if not said */
    fl_querydict *extra;                         /* the content type's parameters, charset among them */
    fl_int content_length;                       /* of the part, if it says so; else -1 */
} fl_upload_info;

typedef enum fl_upload_verdict {
    FL_UPLOAD_GO_ON,                             /* new_file: fine. chunk: not mine, the next handler gets it */
    FL_UPLOAD_TAKEN,                             /* chunk: mine; the next handlers do not see it. new_file: the next ones are not
                                                    told of this file, and get nothing of it (StopFutureHandlers) */
    FL_UPLOAD_SKIP_FILE,                         /* the rest of this file is thrown away */
    FL_UPLOAD_STOP,                              /* the rest of the body is read and thrown away; the form is what came so far */
    FL_UPLOAD_RESET,                             /* the rest is not read: the connection ends behind the answer */
} fl_upload_verdict;

typedef struct fl_upload_handler {
    const char *name;
    size_t chunk;                                /* bytes a chunk at most; 0: 64 KiB */
    void *(*begin)(fl_request *request, fl_int content_length);        /* the state for this body; may be NULL */
    fl_upload_verdict (*new_file)(void *state, const fl_upload_info *info);
    fl_upload_verdict (*receive)(void *state, fl_str *chunk, fl_int start);     /* may change the chunk for the next ones; may
                                                    wait. What it takes from the current arena goes when it returns */
    fl_file *(*file_complete)(void *state, fl_int size);               /* NULL: not mine */
    void (*complete)(void *state);               /* the whole form has been read */
    void (*interrupted)(void *state);            /* the client broke off, or something was raised */
} fl_upload_handler;

extern const fl_upload_handler fl_memory_upload;       /* whole forms up to the memory limit; longer ones are not its own */
extern const fl_upload_handler fl_temporary_upload;    /* a temporary file each, gone with the request unless it is moved */

/* Raises FL_PROGRAMMING_ERROR once the form has been parsed. */
void fl_request_upload_handlers_(fl_request *request, const fl_upload_handler *const *handlers);
#define fl_request_upload_handlers(request, ...) \
    fl_request_upload_handlers_(request, (const fl_upload_handler *const[]){ __VA_ARGS__, NULL })

/* What a request may carry: those of the site's settings, or these defaults (Django's). */
typedef struct fl_request_limits {
    size_t body;                                 /* data_upload_max_memory_size: bodies and forms without files; 2.5 MB */
    size_t fields, files;                        /* 1000, 100; 0: no limit */
    size_t in_memory;                            /* file_upload_max_memory_size: 2.5 MB */
    const char *temporary_directory;             /* NULL: $TMPDIR or /tmp */
    const fl_upload_handler *const *handlers;    /* NULL: memory, then temporary */
} fl_request_limits;
extern const fl_request_limits fl_request_limits_default;
void fl_request_use_limits(fl_request *request, const fl_request_limits *limits);

/* -- the parser by itself ------------------------------------------------------------------------------------------------ */
/* Fed with bytes as they come, calls back for each part: no waiting, no input of its own. Bytes are good until the event returns, the
 * part's texts until it ends. Parts without a name are passed over. */
typedef struct fl_multipart fl_multipart;
typedef struct fl_multipart_part { fl_str field, file_name, content_type, charset, encoding; bool is_file; fl_int content_length;
                                   fl_querydict *extra; } fl_multipart_part;
typedef struct fl_multipart_events {
    int (*part)(void *data, const fl_multipart_part *part);            /* a part begins; a negative code ends the parse */
    int (*bytes)(void *data, fl_str bytes);                            /* some of its content. A file's base64 is decoded, a
                                                                          field's is as it was sent */
    int (*end)(void *data);                                            /* it has ended */
} fl_multipart_events;

/* fl_multipart_new parses what `content_type` ("multipart/form-data; boundary=…") announces. NULL and *reterr, a static text, if
 * that is none, or its boundary is missing or longer than 201 bytes. In the current arena. */
fl_multipart *fl_multipart_new(fl_str content_type, const fl_multipart_events *events, void *data, const char **reterr);
/* 0; -EBADMSG (malformed; fl_multipart_error says how); -E2BIG (a part's headers are too long); or an event's code. */
FL_MUST_CHECK int fl_multipart_feed(fl_multipart *parser, fl_str bytes);
FL_MUST_CHECK int fl_multipart_finish(fl_multipart *parser);           /* -EBADMSG if the last boundary has not come */
bool fl_multipart_is_done(const fl_multipart *parser);                 /* the closing boundary has come: the rest is ignored */
const char *fl_multipart_error(const fl_multipart *parser);
