/* Validation: errors that are collected by field, in order, and unwind nothing. */
#include <fleche/buf.h>
#include <fleche/error.h>
#include <string.h>

static long long length(const void *object) { return (long long)((const fl_errors *)object)->count; }

static void print(const void *object, fl_buf *out)
{
    const fl_errors *errors = object;

    for (size_t i = 0; i < errors->count; i++) {
        const fl_field_error *at = &errors->items[i];
        fl_buf_format(out, "%s%s%s%s", i == 0 ? "" : "\n", at->field, at->field[0] == '\0' ? "" : ": ", at->message);
    }
}

static const fl_type errors_type = { .name = "errors", .length = length, .print = print };

fl_errors *fl_errors_new(void)
{
    fl_errors *errors = fl_alloc(sizeof *errors);

    errors->tag = (fl_tag)FL_OBJECT(errors_type);
    errors->arena = fl_arena_here();
    return errors;
}

static FL_PRINTF(4, 0) void add(fl_errors *errors, const char *field, const char *code, const char *format, va_list arguments)
{
    fl_buf text = fl_buf_in(errors->arena, 1 << 16);

    if (errors->count == errors->capacity) {
        size_t capacity = errors->capacity == 0 ? 4 : errors->capacity * 2;
        errors->items = fl_arena_resize(errors->arena, errors->items, errors->count * sizeof *errors->items,
                                        capacity * sizeof *errors->items);
        errors->capacity = capacity;
    }
    fl_buf_format_v(&text, format, arguments);
    errors->items[errors->count++] = (fl_field_error){
        .field = fl_arena_copy_text(errors->arena, field, strlen(field)),
        .code = code == NULL ? NULL : fl_arena_copy_text(errors->arena, code, strlen(code)),
        .message = fl_buf_c(&text),
    };
}

void fl_errors_add(fl_errors *errors, const char *field, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(errors, field, NULL, format, arguments);
    va_end(arguments);
}

void fl_errors_add_code(fl_errors *errors, const char *field, const char *code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(errors, field, code, format, arguments);
    va_end(arguments);
}

size_t fl_errors_count(const fl_errors *errors) { return errors == NULL ? 0 : errors->count; }

const char *fl_errors_first(const fl_errors *errors, const char *field)
{
    for (size_t i = 0; i < fl_errors_count(errors); i++)
        if (strcmp(errors->items[i].field, field) == 0)
            return errors->items[i].message;
    return NULL;
}
