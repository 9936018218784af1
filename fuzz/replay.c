/* Runs a fuzz target once on each file given: what a fuzzer found stays tested with every compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int count, char **files)
{
    for (int i = 1; i < count; i++) {
        FILE *file = fopen(files[i], "rb");
        if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
            fprintf(stderr, "%s: cannot be read\n", files[i]);
            return 1;
        }
        long size = ftell(file);
        uint8_t *data = malloc((size_t)size + (size == 0));       /* exactly so large: the sanitizers see an overread */
        rewind(file);
        if (data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size)
            return 1;
        (void)LLVMFuzzerTestOneInput(data, (size_t)size);
        free(data);
        fclose(file);
    }
    printf("%d inputs replayed\n", count - 1);
    return 0;
}
