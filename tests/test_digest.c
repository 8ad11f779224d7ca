/* test_digest.c: the published examples of FIPS 180-4, and files. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../model/base/digest.h"

static void test_published_examples_of_sha256(void)
{
    char out[PW_DIGEST_ROOM];
    pw_digest_bytes("abc", 3, out);
    PW_ASSERT_TEXT(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    pw_digest_bytes("", 0, out);
    PW_ASSERT_TEXT(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    pw_digest_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, out);
    PW_ASSERT_TEXT(out, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void test_file_has_the_digest_of_its_bytes(void)
{
    char path[] = "/tmp/pathways-digest-XXXXXX", of_file[PW_DIGEST_ROOM], of_bytes[PW_DIGEST_ROOM];
    int fd = mkstemp(path);
    CU_ASSERT_FATAL(fd >= 0);
    static char bytes[50000];      /* longer than one part */
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)(i * 7 % 251);
    CU_ASSERT_EQUAL(write(fd, bytes, sizeof bytes), (ssize_t)sizeof bytes);
    close(fd);
    CU_ASSERT_EQUAL(pw_digest_file(path, of_file), PW_OK);
    pw_digest_bytes(bytes, sizeof bytes, of_bytes);
    PW_ASSERT_TEXT(of_file, of_bytes);
    unlink(path);
}

static void test_file_that_cannot_be_read_has_none(void)
{
    char out[PW_DIGEST_ROOM] = "x";
    CU_ASSERT_EQUAL(pw_digest_file("/nowhere/at/all", out), PW_ERROR_READ);
    PW_ASSERT_TEXT(out, "");
    CU_ASSERT_EQUAL(pw_digest_file("/tmp", out), PW_ERROR_READ);      /* a folder opens, but does not read */
    PW_ASSERT_TEXT(out, "");
}

PW_TESTS(PW_TEST(test_published_examples_of_sha256), PW_TEST(test_file_has_the_digest_of_its_bytes), PW_TEST(test_file_that_cannot_be_read_has_none))
