/* The statements of a .env file, one after the other. */
#pragma once
#include <fleche/str.h>

typedef struct dotenv_reader { fl_str text; size_t at; int line; } dotenv_reader;   /* line starts at 1 */
typedef struct dotenv_statement {
    fl_str name, value;                              /* values are in the current arena or views of the text */
    bool has_name, has_value;                        /* a comment has no name; NAME alone has no value */
    int line;
    const char *fault;                               /* what is wrong with it, or NULL */
} dotenv_statement;

/* dotenv_next takes the next statement or comment; false at the end. The text is valid UTF-8 with \n between its lines. A faulty
 * statement is stepped over to the end of the line where it went wrong. */
bool dotenv_next(dotenv_reader *reader, dotenv_statement *ret);
/* dotenv_newlines gives the text with \n for \r\n and \r, and without a byte order mark: a copy if it has any. */
fl_str dotenv_newlines(fl_str text);
