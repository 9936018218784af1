/* Keys from passwords. OpenSSL counts in int; what does not fit is refused before. */
#include <errno.h>
#include <fleche/crypto.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include "crypto/evp.h"

static const uint64_t most_memory = (uint64_t)1 << 30;

static int outcome(int ok)
{
    if (ok == 1)
        return 0;
    bool memory = ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE;
    ERR_clear_error();
    return memory ? -ENOMEM : -EINVAL;
}

int fl_pbkdf2(fl_hash hash, fl_str password, fl_str salt, unsigned iterations, uint8_t *ret, size_t size)
{
    if (password.size > INT_MAX || salt.size > INT_MAX || iterations == 0 || iterations > INT_MAX || size == 0 || size > INT_MAX)
        return -EINVAL;
    return outcome(PKCS5_PBKDF2_HMAC(password.size == 0 ? "" : password.data, (int)password.size, (const uint8_t *)salt.data,
                                     (int)salt.size, (int)iterations, fl_evp_hash(hash), (int)size, ret));
}

int fl_scrypt(fl_str password, fl_str salt, uint64_t n, uint32_t r, uint32_t p, uint8_t *ret, size_t size)
{
    if (password.size > INT_MAX || salt.size > INT_MAX || size == 0 || size > INT_MAX)
        return -EINVAL;
    return outcome(EVP_PBE_scrypt(password.size == 0 ? "" : password.data, password.size, (const uint8_t *)salt.data, salt.size,
                                  n, r, p, most_memory, ret, size));
}
