/* What the files of this module share. */
#pragma once
#include <fleche/buf.h>
#include <fleche/signing.h>

/* fl_signer_with is the signer, with this salt if it has none. */
fl_signer fl_signer_with(const fl_signer *signer, const char *salt);

_Noreturn void fl_signing_raise(int code, const fl_signer *signer, fl_str text);

/* fl_deflated appends bytes as zlib compresses them; fl_inflated what they were. 0, -EBADMSG, -E2BIG (the buffer's ceiling),
 * -ENOMEM. */
int fl_deflated(fl_str bytes, fl_buf *out);
int fl_inflated(fl_str bytes, fl_buf *out);
