/* The texts of codes: libuv's, which are in lower case and know the names of hosts too; for what it has none, the system's. */
#include <fleche/error.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

static const char *text_of_the_system(int code)
{
    static _Thread_local char text[64];
    const char *words = code < -4095 ? NULL : strerrordesc_np(-code);

    if (words == NULL)
        return "unknown error";
    (void)snprintf(text, sizeof text, "%s", words);
    if (text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a')          /* not the name in "RFS specific error" */
        text[0] |= 0x20;
    return text;
}

const char *fl_code_text(int code)
{
#define TEXT(name, text) \
    case UV_##name: return text;
    switch (code) {
        UV_ERRNO_MAP(TEXT)
    default: return code >= 0 ? "no error" : text_of_the_system(code);
    }
#undef TEXT
}
