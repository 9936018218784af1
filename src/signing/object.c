/* Signed objects: JSON, compressed if that is shorter, in base64, signed. */
#include <errno.h>
#include <fleche/codec.h>
#include "signing/signing.h"

enum { LARGEST = 1 << 20 };
static const char plain_salt[] = "django.core.signing.Signer", dumps_salt[] = "django.core.signing";

static fl_buf scratch(void) { return fl_buf_in(fl_arena_here(), FL_NO_LIMIT); }

/* -- out --------------------------------------------------------------------------------------------------------------------- */

static fl_str json_of(fl_value object)
{
    fl_buf out = scratch();
    int code = fl_json_write(object, &(fl_json_style){ .compact = true }, &out);

    if (code != 0 && code != -ENOMEM && code != -ENOBUFS)
        fl_raise(FL_VALUE_ERROR, "an object to be signed has no form as JSON: %s", fl_code_text(code));
    (void)fl_buf_c(&out);
    return fl_buf_str(&out);
}

/* The sign of compression is a point in front. It must save more than that. */
static fl_str payload(fl_value object, unsigned flags)
{
    fl_str json = json_of(object);
    fl_buf out = scratch(), packed = scratch();
    bool shorter = false;

    if ((flags & FL_SIGN_COMPRESS) != 0) {
        int code = fl_deflated(json, &packed);
        if (code != 0)
            fl_raise_code(code, "compressing an object to be signed");
        shorter = packed.size + 1 < json.size;
    }
    if (shorter)
        fl_buf_add_char(&out, '.');
    fl_base64_encode(shorter ? fl_buf_str(&packed) : json, FL_BASE64URL, &out);
    (void)fl_buf_c(&out);
    return fl_buf_str(&out);
}

fl_str fl_sign_object(const fl_signer *signer, fl_value object, unsigned flags)
{
    fl_signer salted = fl_signer_with(signer, plain_salt);

    return fl_sign(&salted, payload(object, flags));
}

fl_str fl_sign_dumps(const fl_signer *signer, fl_value object, unsigned flags)
{
    fl_signer salted = fl_signer_with(signer, dumps_salt);

    return fl_sign_timed(&salted, payload(object, flags));
}

/* -- in ---------------------------------------------------------------------------------------------------------------------- */

static int unpack(fl_str bytes, size_t largest, fl_str *ret)
{
    fl_buf out = fl_buf_in(fl_arena_here(), largest);
    int code = fl_inflated(bytes, &out);

    *ret = fl_buf_str(&out);
    return code;
}

/* What is signed and still no object was signed for something else. */
static int read_object(const fl_signer *signer, fl_str text, fl_json **ret)
{
    size_t largest = signer->largest == 0 ? LARGEST : signer->largest;
    fl_buf bytes = scratch();
    bool packed = fl_str_starts(text, fl_lit("."));

    if (fl_base64_decode(fl_str_slice(text, packed, SIZE_MAX), FL_BASE64URL, &bytes) != 0)
        return fl_buf_failed(&bytes) ? -ENOMEM : -EBADMSG;
    fl_str json = fl_buf_str(&bytes);
    int code = packed ? unpack(json, largest, &json) : json.size > largest ? -E2BIG : 0;
    if (code != 0)
        return code;
    code = fl_json_try_parse(json, &(fl_json_limits){ .size = largest }, ret, NULL);
    return code == -EINVAL ? -EBADMSG : code;
}

int fl_try_unsign_object(const fl_signer *signer, fl_str text, fl_json **ret)
{
    fl_signer salted = fl_signer_with(signer, plain_salt);
    fl_str value;
    int code = fl_try_unsign(&salted, text, &value);

    return code != 0 ? code : read_object(signer, value, ret);
}

int fl_try_sign_loads(const fl_signer *signer, fl_str text, fl_duration max_age, fl_json **ret)
{
    fl_signer salted = fl_signer_with(signer, dumps_salt);
    fl_str value;
    int code = fl_try_unsign_timed(&salted, text, max_age, &value, NULL);

    return code != 0 ? code : read_object(signer, value, ret);
}

fl_json *fl_unsign_object(const fl_signer *signer, fl_str text)
{
    fl_json *json;
    int code = fl_try_unsign_object(signer, text, &json);

    if (code != 0)
        fl_signing_raise(code, signer, text);
    return json;
}

fl_json *fl_sign_loads(const fl_signer *signer, fl_str text, fl_duration max_age)
{
    fl_json *json;
    int code = fl_try_sign_loads(signer, text, max_age, &json);

    if (code != 0)
        fl_signing_raise(code, signer, text);
    return json;
}
