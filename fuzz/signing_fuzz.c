/* Signing: nothing that was not signed is read, what was signed reads back, and no signed payload breaks its reader. */
#include <errno.h>
#include <fleche/base.h>
#include <fleche/signing.h>
#include <stdlib.h>

static const fl_signer signer = { .key = FL_LIT("a key that nobody guesses"), .salt = "fuzz", .largest = 4096 };

static void require(bool ok)
{
    if (!ok)
        abort();
}

static void check_stranger(fl_str text)
{
    fl_str value;
    fl_json *json;

    require(fl_try_unsign(&signer, text, &value) == -EBADMSG);
    require(fl_try_unsign_timed(&signer, text, FL_FOREVER, &value, NULL) == -EBADMSG);
    require(fl_try_sign_loads(&signer, text, FL_FOREVER, &json) == -EBADMSG);
    require(fl_try_unsign_cookie(&signer, "name", "salt", text, FL_FOREVER, true, &value) == -EBADMSG);
}

static void check_signed(fl_str text)
{
    fl_str value = { 0 };

    require(fl_str_equal(fl_unsign(&signer, fl_sign(&signer, text)), text));
    fl_str timed = fl_sign_timed(&signer, text);
    require(fl_str_equal(fl_unsign_timed(&signer, timed, FL_DAYS(1)), text));
    int code = fl_try_unsign_timed(&signer, fl_sign(&signer, text), FL_FOREVER, &value, NULL);
    require(code == 0 || code == -EBADMSG);
}

/* The payload as it is, and as the compressed or plain bytes of an object. */
static void check_payload(fl_str bytes)
{
    fl_buf payload = fl_buf_in(fl_arena_here(), FL_NO_LIMIT), packed = fl_buf_in(fl_arena_here(), FL_NO_LIMIT);
    fl_json *json;

    fl_buf_add_char(&packed, '.');
    fl_base64_encode(bytes, FL_BASE64URL, &packed);
    fl_base64_encode(bytes, FL_BASE64URL, &payload);
    const fl_str payloads[] = { bytes, fl_buf_str(&payload), fl_buf_str(&packed) };
    for (size_t i = 0; i < FL_LENGTH(payloads); i++) {
        int code = fl_try_unsign_object(&signer, fl_sign(&signer, payloads[i]), &json);
        require(code == 0 || code == -EBADMSG || code == -E2BIG);
        if (code == 0 && fl_json_write(json->value, NULL, &(fl_buf){ .limit = FL_NO_LIMIT, .arena = fl_arena_here() }) == 0) {
            fl_str again = fl_sign_dumps(&signer, json->value, i == 0 ? 0 : FL_SIGN_COMPRESS);
            code = fl_try_sign_loads(&signer, again, FL_DAYS(1), &json);
            require(code == 0 || code == -E2BIG);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static fl_arena *arena;

    if (arena == NULL)
        arena = fl_arena_new("fuzz", FL_NO_LIMIT);
    (void)fl_arena_set_here(arena);
    fl_str text = fl_str_n((const char *)data, size);
    check_stranger(text);
    check_signed(text);
    check_payload(text);
    fl_arena_reset(arena);
    return 0;
}
