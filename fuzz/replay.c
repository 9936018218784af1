/* Runs a fuzz target once on each file given: what a fuzzer found stays tested with every compiler. The name of each input is written
 * before it runs, so the last one before a crash is the culprit. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The whole file in memory exactly as large as it is, so that the sanitizers see an overread; NULL if it cannot be read. */
static uint8_t *read_whole(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return NULL;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    uint8_t *data = size < 0 ? NULL : malloc((size_t)size + (size == 0));
    rewind(file);
    if (data != NULL && fread(data, 1, (size_t)size, file) != (size_t)size) {
        free(data);
        data = NULL;
    }
    fclose(file);
    *ret_size = (size_t)size;
    return data;
}

int main(int count, char **files)
{
    for (int i = 1; i < count; i++) {
        size_t size;
        uint8_t *data = read_whole(files[i], &size);

        fprintf(stderr, "%s%s\n", files[i], data == NULL ? ": cannot be read" : "");
        if (data == NULL)
            return 1;
        (void)LLVMFuzzerTestOneInput(data, size);
        free(data);
    }
    printf("%d inputs replayed\n", count - 1);
    return 0;
}
