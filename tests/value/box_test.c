/* Boxing: each C type finds its kind, strangers are refused with a hint, wrong types and odd counts do not compile. */
#include <fleche/test.h>
#include <stdio.h>
#include <sys/mman.h>

typedef enum colour { RED, GREEN, BLUE } colour;
typedef enum level { BELOW = -1, ABOVE = 1 } level;
typedef struct point { fl_tag tag; int x; } point;

static const fl_type point_type = { .name = "point" };

FL_TEST(each_integer_type_boxes_as_an_integer)
{
    const int constant = 3;
    volatile long changing = 4;
    colour green = GREEN;
    level below = BELOW;
    size_t size = 12;

    const fl_value values[] = { fl_box('a'),
                                fl_box((signed char)-1),
                                fl_box((unsigned char)255),
                                fl_box((short)-2),
                                fl_box((unsigned short)65535),
                                fl_box(constant),
                                fl_box(7u),
                                fl_box(changing),
                                fl_box(8ul),
                                fl_box(9ll),
                                fl_box(10ull),
                                fl_box(size),
                                fl_box(green),
                                fl_box(below),
                                fl_box((int32_t)1),
                                fl_box((uint64_t)INT64_MAX),
                                fl_box(INT64_MIN),
                                fl_box((uint8_t)200) };
    const fl_int expected[] = { 'a', -1, 255, -2, 65535, 3, 7, 4, 8, 9, 10, 12, 1, -1, 1, INT64_MAX, INT64_MIN, 200 };

    for (size_t i = 0; i < FL_LENGTH(values); i++) {
        fl_expect(values[i].kind == FL_V_INT);
        fl_expect_equal(values[i].i, expected[i]);
    }
    fl_value large = fl_box((uint64_t)INT64_MAX + 1);
    fl_expect(large.kind == FL_V_UINT && large.u == (uint64_t)INT64_MAX + 1);
}

FL_TEST(bool_objects_are_truth_values_and_the_literal_true_is_an_integer)
{
    bool flag = true;

    fl_expect(fl_box(flag).kind == FL_V_BOOL && fl_box(FL_TRUE).kind == FL_V_BOOL && fl_box(FL_FALSE).kind == FL_V_BOOL);
    fl_expect(fl_box((bool)(1 < 2)).kind == FL_V_BOOL);
    fl_expect(fl_box(true).kind == FL_V_INT && fl_box(RED).kind == FL_V_INT);
    fl_expect_text(fl_value_text(fl_box(flag)), "True");
}

FL_TEST(text_of_every_form_boxes)
{
    char array[] = "array";
    const char constant[] = "constant";
    char *null = NULL;

    fl_expect_text(fl_value_text(fl_box("literal")), "literal");
    fl_expect_text(fl_value_text(fl_box(array)), "array");
    fl_expect_text(fl_value_text(fl_box(constant)), "constant");
    fl_value view = fl_box(fl_str_slice(fl_lit("a view"), 2, 4));
    fl_expect_text(fl_value_text(view), "view");
    fl_expect(fl_value_is_none(fl_box(null)));
    fl_expect_text(fl_value_text(fl_box("")), "");
}

FL_TEST(null_pointers_are_none)
{
    fl_expect(fl_value_is_none(fl_box(NULL)) && fl_value_is_none(fl_box((const char *)NULL)) &&
              fl_value_is_none(fl_box((point *)NULL)));
    fl_expect(fl_value_is_none(fl_box((fl_list *)NULL)) && fl_value_is_none(fl_box((const fl_dict *)NULL)) &&
              fl_value_is_none(fl_box((fl_json *)NULL)));
}

FL_TEST(structs_of_the_ground_box_by_value_and_their_zeros_are_none)
{
    fl_uuid id = fl_uuid4();
    float single = 0.5f;

    fl_expect(fl_box(single).kind == FL_V_FLOAT && fl_box(0.5).kind == FL_V_FLOAT);
    fl_expect(fl_box(FL_DECIMAL(1.5)).kind == FL_V_DECIMAL && fl_box(id).kind == FL_V_UUID);
    fl_expect(fl_box(FL_SECONDS(0)).kind == FL_V_DURATION);
    fl_expect(fl_box(((fl_date){ 5 })).kind == FL_V_DATE && fl_box(((fl_time){ 1 })).kind == FL_V_TIME &&
              fl_box(((fl_datetime){ 1 })).kind == FL_V_DATETIME);
    fl_expect(fl_box(((fl_bytes){ (const uint8_t *)"\0x", 2 })).bytes.size == 2);
    fl_expect(fl_value_is_none(fl_box((fl_decimal){ 0 })) && fl_value_is_none(fl_box((fl_uuid){ 0 })) &&
              fl_value_is_none(fl_box(FL_NEVER)));
    fl_expect(fl_value_is_none(fl_box((fl_date){ 0 })) && fl_value_is_none(fl_box((fl_time){ 0 })));
    fl_expect(fl_box(fl_some_int(0)).kind == FL_V_INT && fl_value_is_none(fl_box((fl_maybe_int){ 0 })));
    fl_expect(fl_box(fl_some_bool(false)).kind == FL_V_BOOL && fl_value_is_none(fl_box((fl_maybe_bool){ 0 })));
    fl_expect(fl_box(fl_some_float(0)).kind == FL_V_FLOAT && fl_value_is_none(fl_box((fl_maybe_float){ 0 })));
    fl_expect(fl_box(fl_some_duration(FL_SECONDS(1))).kind == FL_V_DURATION &&
              fl_value_is_none(fl_box((fl_maybe_duration){ 0 })));
    fl_expect(fl_box(fl_box(7)).kind == FL_V_INT);
}

FL_TEST(containers_and_objects_box_by_pointer)
{
    point p = { FL_OBJECT(point_type), 1 };
    const point *constant = &p;

    fl_expect_same(fl_box(&p).object, &p);
    fl_expect_same(fl_box(constant).object, &p);
    fl_list *list = fl_list_of(1);
    fl_expect_same(fl_box(list).list, list);
    fl_dict *dict = fl_dict_of();
    fl_expect_same(fl_box((const fl_dict *)dict).dict, dict);
    fl_expect_text(fl_value_text(fl_box(&p)), "<point object>");
}

FL_TEST(pairs_may_be_none_or_many)
{
    fl_expect_equal(fl_dict_count(fl_dict_of()), 0);
    fl_dict *dict = fl_dict_of("1", 1, "2", 2, "3", 3, "4", 4, "5", 5, "6", 6, "7", 7, "8", 8, "9", 9, "10", 10, "11", 11, "12",
                               12, "13", 13, "14", 14, "15", 15, "16", 16, "17", 17, "18", 18, "19", 19, "20", 20, "21", 21, "22",
                               22, "23", 23, "24", 24, "25", 25, "26", 26, "27", 27, "28", 28, "29", 29, "30", 30, "31", 31, "32",
                               32);
    fl_expect_equal(fl_dict_count(dict), 32);
    fl_expect_equal(fl_dict_get(dict, fl_lit("32")).i, 32);
    fl_expect_equal(fl_len(fl_list_of()), 0);
}

/* -- strangers ----------------------------------------------------------------------------------------------------------------- */

static void box(void *pointer) { (void)fl_box_object(pointer); }

FL_TEST(a_stranger_is_refused_wherever_it_points)
{
    static int numbers[8] = { 1, 2, 3 };
    struct {
        fl_tag tag;
    } untyped = { { FL_OBJECT_MAGIC, 0, NULL } };
    long page = 4096;
    char *pages = mmap(NULL, 2 * (size_t)page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    fl_expect(pages != MAP_FAILED && munmap(pages + page, (size_t)page) == 0);
    *(uint32_t *)(void *)(pages + page - 8) = FL_OBJECT_MAGIC;
    void *const strangers[] = { numbers,      (char *)numbers + 1, &untyped, (void *)8, (void *)(uintptr_t)0xdeadbeefdeadbee8,
                                pages + page, pages + page - 8 };

    for (size_t i = 0; i < FL_LENGTH(strangers); i++) {
        fl_error *e = fl_expect_raises(FL_TYPE_ERROR, box, strangers[i]);
        fl_expect_contains(e->message, "was boxed");
        fl_expect_contains(e->hint, "fl_tag");
    }
    (void)munmap(pages, (size_t)page);
}

/* -- what must not compile ------------------------------------------------------------------------------------------------------ */

typedef struct snippet { const char *code, *says; } snippet;     /* says NULL: it compiles */

static const snippet snippets[] = {
    { "fl_dict *d = fl_dict_of(\"a\", 1); (void)d;", NULL },
    { "fl_dict *d = fl_dict_of(\"a\", 1, \"b\"); (void)d;", "give name, value pairs" },
    { "fl_dict *d = fl_dict_of(\"a\"); (void)d;", "give name, value pairs" },
    { "struct unknown { int x; } s = { 1 }; fl_value v = fl_box(s); (void)v;", "fl_box_object" },
    { "long double x = 1; fl_value v = fl_box(x); (void)v;", "fl_box_object" },
    { "const char *user = \"x\"; const char *const *names = FL_LITERALS(user); (void)names;", "expected" },
    { "const char *const *names = FL_LITERALS(\"a\", \"b\"); (void)names;", NULL },
    { "fl_list *l = fl_list_of("
      "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
      "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1); (void)l;",
      "OVER_64_ITEMS" },
};

static void check_snippet(const void *row)
{
    const snippet *s = row;
    const char *path = fl_text("%s/snippet.c", fl_test_directory());
    fl_buf said = fl_buf_in(fl_arena_here(), 1 << 20);
    char line[1024];

    fl_label("%s", s->code);
    FILE *source = fopen(path, "w");
    fl_expect(source != NULL && fprintf(source, "#include <fleche/base.h>\nint main(void) { %s return 0; }\n", s->code) > 0);
    fl_expect(fclose(source) == 0);
    FILE *compiler = popen(fl_text("cc -std=gnu17 -fsyntax-only -I '%s' '%s' 2>&1", fl_test_file("../include"), path), "r");
    fl_expect(compiler != NULL);
    while (fgets(line, sizeof line, compiler) != NULL)
        fl_buf_add_c(&said, line);
    int status = pclose(compiler);
    if (s->says == NULL) {
        fl_expect_equal(status, 0);
        return;
    }
    fl_expect(status != 0);
    fl_expect_contains(fl_buf_c(&said), s->says);
}

FL_TEST(odd_pairs_and_wrong_types_do_not_compile, .no_torture = true)        /* compiling is slow, and it is not ours that allocates */
{
    fl_table(snippets, check_snippet);
}
