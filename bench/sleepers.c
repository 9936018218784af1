/* The memory of many sleeping fibers: 100,000 of them, what the system has committed for the process and what is resident. */
#include <fleche/loop.h>
#include <stdio.h>
#include <string.h>

enum { SLEEPERS = 100000 };

static long long kilobytes(const char *file, const char *name)
{
    char line[256];
    long long value = -1;
    FILE *in = fopen(file, "r");

    while (in != NULL && fgets(line, sizeof line, in) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            (void)sscanf(line + strlen(name), ": %lld", &value);
    if (in != NULL)
        (void)fclose(in);
    return value;
}

static void sleep_a_while(void *data)
{
    (void)data;
    fl_sleep(FL_SECONDS(4));
}

static void start(void *data)
{
    long long resident = kilobytes("/proc/self/status", "VmRSS"), committed = kilobytes("/proc/meminfo", "Committed_AS");

    (void)data;
    for (int i = 0; i < SLEEPERS; i++)
        fl_spawn(sleep_a_while, NULL);
    fl_sleep(FL_SECONDS(1));
    double each = (double)(kilobytes("/proc/self/status", "VmRSS") - resident) / SLEEPERS;
    printf("%d sleeping fibers: %.1f KB resident each (target: 9), %.0f MB more committed in the system (target: 1,000), "
           "%lld MB of address space\n",
           SLEEPERS, each, (double)(kilobytes("/proc/meminfo", "Committed_AS") - committed) / 1024,
           kilobytes("/proc/self/status", "VmSize") / 1024);
}

int main(void) { return fl_run(start, NULL); }
