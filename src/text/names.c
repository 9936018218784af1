/* Text as a part of something else: of URLs, of file names, of labels. */
#include <fleche/error.h>
#include <fleche/text.h>
#include "text/characters.h"

/* -- slugs ------------------------------------------------------------------------------------------------------------------- */

/* Letters, numbers, _ and -; every run of white space and - becomes one -, which is not written before the end. */
static fl_str slug_of(fl_str text, bool ascii)
{
    fl_buf out = fl_result_();
    bool gap = false;

    for (uint32_t code_point; fl_utf8_next(&text, &code_point);) {
        if (ascii && code_point >= 0x80)
            continue;
        if (code_point == '-' || fl_is_space(code_point)) {
            gap = true;
        } else if (fl_is_word_(code_point)) {
            if (gap)
                fl_buf_add_char(&out, '-');
            gap = false;
            fl_buf_add_code_point_(&out, code_point);
        }
    }
    fl_str made = fl_made_(&out), slug = fl_trim_characters_(made, "-_");
    return slug.size == made.size ? made : fl_str_copy(slug);
}

static bool is_ascii(fl_str text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((uint8_t)text.data[i] >= 0x80)
            return false;
    return true;
}

fl_str fl_slugify(fl_str text) { return slug_of(fl_str_lower_ascii(is_ascii(text) ? text : fl_normalize(text, FL_NFKD)), true); }

fl_str fl_slugify_unicode(fl_str text) { return slug_of(fl_lower(fl_normalize(text, FL_NFKC)), false); }

/* -- names ------------------------------------------------------------------------------------------------------------------- */

fl_str fl_get_valid_filename(fl_str name)
{
    fl_buf out = fl_result_();
    fl_str rest = fl_trim_spaces_(name);

    for (uint32_t code_point; fl_utf8_next(&rest, &code_point);) {
        if (code_point == ' ')
            code_point = '_';
        if (code_point == '-' || code_point == '.' || fl_is_word_(code_point))
            fl_buf_add_code_point_(&out, code_point);
    }
    fl_str valid = fl_made_(&out);
    if (valid.size == 0 || fl_str_equal(valid, fl_lit(".")) || fl_str_equal(valid, fl_lit("..")))
        fl_raise(FL_BAD_REQUEST, "no file can be named after \"%.*s\"", FL_SHOW(name));
    return valid;
}

fl_str fl_capfirst(fl_str text)
{
    fl_buf out = fl_result_();
    fl_str rest = text;
    uint32_t code_point;

    if (fl_utf8_next(&rest, &code_point))
        fl_buf_add(&out, fl_upper(fl_str_slice(text, 0, text.size - rest.size)));
    fl_buf_add(&out, rest);
    return fl_made_(&out);
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

fl_str fl_camel_case_to_spaces(fl_str text)
{
    fl_buf out = fl_result_();

    for (size_t i = 0; i < text.size; i++) {
        bool behind_lower = i > 0 && text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z';
        bool last = i + 1 == text.size || (i + 2 == text.size && text.data[i + 1] == '\n');
        bool before_lower = !last && !is_upper(text.data[i + 1]);
        if (is_upper(text.data[i]) && (behind_lower || before_lower))
            fl_buf_add_char(&out, ' ');
        fl_buf_add_char(&out, text.data[i]);
    }
    fl_str made = fl_lower(fl_trim_spaces_(fl_made_(&out)));
    return fl_str_copy(made);
}

fl_str fl_phone2numeric(fl_str phone)
{
    static const char digits[] = "22233344455566677778889999";
    fl_str lower = fl_str_copy(fl_lower(phone));
    fl_buf out = fl_result_();

    for (size_t i = 0; i < lower.size; i++)
        fl_buf_add_char(&out, lower.data[i] >= 'a' && lower.data[i] <= 'z' ? digits[lower.data[i] - 'a'] : lower.data[i]);
    return fl_made_(&out);
}
