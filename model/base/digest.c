/* digest.c: see digest.h. */
#include "digest.h"

#include <sha2.h>
#include <stdint.h>
#include <stdio.h>

#include "file.h"

static void to_hex(const uint8_t digest[SHA256_DIGEST_LENGTH], char out[PW_DIGEST_ROOM])
{
    static const char digit[] = "0123456789abcdef";
    for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i++) {
        out[2 * i] = digit[digest[i] >> 4];
        out[2 * i + 1] = digit[digest[i] & 15];
    }
    out[PW_DIGEST_ROOM - 1] = '\0';
}

void pw_digest_bytes(const void *bytes, size_t n, char out[PW_DIGEST_ROOM])
{
    SHA2_CTX context;
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Init(&context);
    SHA256Update(&context, bytes, n);
    SHA256Final(digest, &context);
    to_hex(digest, out);
}

pw_status_t pw_digest_file(const char *path, char out[PW_DIGEST_ROOM])
{
    out[0] = '\0';
    FILE *file = pw_file_open(path);
    if (!file) return PW_ERROR_READ;
    SHA2_CTX context;
    SHA256Init(&context);
    uint8_t part[16384];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;) SHA256Update(&context, part, n);
    pw_status_t status = ferror(file) ? PW_ERROR_READ : PW_OK;
    fclose(file);
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA256Final(digest, &context);
    if (status == PW_OK) to_hex(digest, out);
    return status;
}
