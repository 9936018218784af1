/* The texts of codes. */
#include <fleche/error.h>
#include <string.h>
#include <uv.h>

const char *fl_code_text(int code)
{
    const char *text;

    if (code >= 0)
        return "no error";
    if (code <= UV_EAI_ADDRFAMILY && code >= UV_EAI_PROTOCOL)        /* names of hosts: libuv's own */
        return uv_strerror(code);
    text = strerrordesc_np(-code);
    return text == NULL ? "unknown error" : text;
}
