/* Tagged objects: any struct that begins with an fl_tag can be boxed, printed, walked and compared by the framework.
 *
 *     typedef struct point { fl_tag tag; double x, y; } point;
 *     static bool point_get(const void *object, fl_str name, fl_value *ret);
 *     static const fl_type point_type = { .name = "point", .get = point_get };
 *     point p = { FL_OBJECT(point_type), 1, 2 };
 *     fl_value v = fl_box(&p);                       // a template can now say {{ v.x }}
 *
 * Every slot of the type table may be NULL; what the framework does then stands beside it. */
#pragma once
#include "attributes.h"
#include "str.h"

struct fl_value;
struct fl_buf;

#define FL_OBJECT_MAGIC 0x46e1ec4eu

typedef struct fl_type {
    const char *name;                                                       /* "point", for messages */
    bool (*get)(const void *object, fl_str name, struct fl_value *ret);     /* attribute or key; NULL: there are none */
    bool (*index)(const void *object, long long at, struct fl_value *ret);  /* item; NULL: there are none */
    long long (*length)(const void *object);                                /* NULL: unknown */
    bool (*next)(const void *object, size_t *cursor, struct fl_value *ret); /* iterates; *cursor starts at 0; false at the end */
    struct fl_value (*call)(const void *object, const struct fl_value *arguments, size_t count);   /* NULL: not callable */
    void (*print)(const void *object, struct fl_buf *out);                  /* as a person reads it; NULL: <point object> */
    void (*repr)(const void *object, struct fl_buf *out);                   /* as inside a list; NULL: what print says */
    bool (*truth)(const void *object);                                      /* NULL: length() != 0, else true */
    bool (*compare)(const void *object, struct fl_value other, int *ret);   /* order: <0, 0, >0; false: cannot be compared.
                                                                               NULL: equal only to itself */
} fl_type;

typedef struct fl_tag {
    uint32_t magic;                                  /* FL_OBJECT_MAGIC: how a stranger's pointer is told from an object */
    uint32_t state;                                  /* the object's own use */
    const fl_type *type;
} fl_tag;

#define FL_OBJECT(type_) { FL_OBJECT_MAGIC, 0, &(type_) }
