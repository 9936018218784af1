/* Documents: building them and looking into them. */
#include <fleche/test.h>

FL_TEST(objects_and_lists_are_built_from_c_values)
{
    fl_json *page = fl_json_object("title", "Hello", "tags", fl_json_list("c", "web", 7), "draft", FL_FALSE);

    fl_json_put(page, "views", 12);
    fl_json_put(page, "title", "Hi");
    fl_json_put(page, "author", (const char *)NULL);
    fl_expect_text(fl_json_dump(page),
                   "{\"title\": \"Hi\", \"tags\": [\"c\", \"web\", 7], \"draft\": false, \"views\": 12, \"author\": null}");
    fl_expect_text(fl_json_dump(fl_json_object()), "{}");
    fl_expect_text(fl_json_dump(fl_json_list()), "[]");
    fl_expect_text(fl_json_dump(NULL), "null");
}

FL_TEST(values_are_found_by_key)
{
    fl_json *json = fl_json_parse("{\"name\": \"Ada\", \"age\": 36, \"admin\": true, \"none\": null}");

    fl_expect_text(fl_json_text(json, "name"), "Ada");
    fl_expect(fl_json_text(json, "age") == NULL);
    fl_expect(fl_json_text(json, "none") == NULL);
    fl_expect(fl_json_text(json, "absent") == NULL);
    fl_expect(fl_json_text(NULL, "name") == NULL);
    fl_expect(fl_json_text(fl_json_list(1), "name") == NULL);
    fl_expect_equal(fl_json_int(json, "age"), 36);
    fl_expect_equal(fl_json_int(json, "absent"), 0);
    fl_expect(fl_json_bool(json, "admin"));
    fl_expect(!fl_json_bool(json, "age"));
    fl_expect(!fl_json_bool(json, "absent"));
}

FL_TEST(values_are_found_by_path)
{
    fl_json *json = fl_json_parse("{\"user\": {\"tags\": [\"a\", {\"b\": 5}], \"\": 1}}");

    fl_expect_text(fl_json_dump(fl_json_at(json, "user.tags.0")), "\"a\"");
    fl_expect_text(fl_json_dump(fl_json_at(json, "user.tags.1.b")), "5");
    fl_expect_text(fl_json_dump(fl_json_at(json, "user.tags.-1")), "{\"b\": 5}");
    fl_expect(fl_json_at(json, "user.tags.2") == NULL);
    fl_expect(fl_json_at(json, "user.tags.x") == NULL);
    fl_expect(fl_json_at(json, "user.tags.0.x") == NULL);
    fl_expect(fl_json_at(json, "nobody") == NULL);
    fl_expect(fl_json_at(NULL, "user") == NULL);
}

static void read_int(void *json) { (void)fl_json_int(json, "age"); }
static void put(void *json) { fl_json_put(json, "age", 1); }

FL_TEST(a_wrong_kind_raises)
{
    fl_error *e = fl_expect_raises(FL_BAD_REQUEST, read_int, fl_json_parse("{\"age\": \"36\"}"));

    fl_expect_contains(e->message, "'age' must be an integer");
    fl_expect_error(FL_BAD_REQUEST, read_int, fl_json_parse("{\"age\": 18446744073709551615}"));
    fl_expect_error(FL_BAD_REQUEST, read_int, fl_json_parse("{\"age\": null}"));
    fl_expect_error(FL_TYPE_ERROR, put, fl_json_list(1));
    fl_expect_error(FL_TYPE_ERROR, put, NULL);
}
