/* What the files of this module share of OpenSSL. */
#pragma once
#include <fleche/crypto.h>
#include <openssl/evp.h>

/* fl_evp_hash gives the algorithm, fetched once in a process. */
const EVP_MD *fl_evp_hash(fl_hash hash);

/* fl_crypto_die says what failed and why, as far as OpenSSL knows, and aborts. */
_Noreturn void fl_crypto_die(const char *what);
