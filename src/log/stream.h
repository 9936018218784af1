/* Handlers that write lines to a descriptor. */
#pragma once
#include "log/log.h"

typedef struct fl_log_stream_ {
    fl_log_handler handler;                          /* first: what the application holds */
    char *path;                                      /* a file of its own; or NULL */
    bool guarded;                                    /* may raise SIGPIPE */
    bool torn;                                       /* the last line was written in part */
    unsigned lost, reopened;                         /* records not written since the last that was; of which fl_log_reopen() */
    int why;                                         /* the code of the last loss */
} fl_log_stream_;

extern fl_log_stream_ fl_log_default_;               /* stderr, in plain form */

void fl_log_stream_write_(fl_log_handler *self, const fl_log_record *record);
int fl_log_stream_open_(const char *path);           /* the descriptor, or a negative errno */
unsigned fl_log_reopen_count_(void);                 /* how often fl_log_reopen() was called */
