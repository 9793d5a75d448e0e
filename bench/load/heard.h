/* What messages say, and when they were heard. */
#ifndef HEARD_H
#define HEARD_H

#include "wire.h"

enum { BUCKETS = 40000, PER_MS = 2, STAMPS = 512, RECENT = 8 };

/* What a message says; a thousand clients get the same bytes, which are read once. */
struct parsed {
    unsigned char *bytes;
    size_t length;
    int ours, stamps;
    long revision, position;
    double stamp[STAMPS];
};

struct row {
    int server;
    long position, clients;
    double first, last;
};

static struct parsed recent[RECENT];
static struct row *rows;
static size_t row_count, row_room;
static int turn;
static long histogram[BUCKETS], changes;
static double slowest;
static char channel[128] = "event:BENCH";

static void read_message(struct parsed *parsed, const char *text, size_t length) {
    char name[160];
    size_t head = length < 300 ? length : 300;
    snprintf(name, sizeof name, "\"channel\":\"%s\"", channel);
    parsed->ours = memmem(text, head, name, strlen(name)) != NULL;
    parsed->revision = number_after(text, head, "\"revision\":");
    parsed->position = number_after(text, head, "\"position\":");
    parsed->stamps = 0;
    const char *end = text + length, *at = text;
    while (parsed->stamps < STAMPS && (at = memmem(at, end - at, "t=1", 3))) {
        at += 2;
        if (at + 13 < end && at[13] == ';' && strspn(at, "0123456789") == 13)
            parsed->stamp[parsed->stamps++] = strtod(at, NULL);
    }
}

static struct parsed *understood(const char *text, size_t length) {
    for (int i = 0; i < RECENT; i++)
        if (recent[i].length == length && !memcmp(recent[i].bytes, text, length)) return &recent[i];
    struct parsed *parsed = &recent[turn++ % RECENT];
    free(parsed->bytes);
    parsed->bytes = malloc(length + 1);
    memcpy(parsed->bytes, text, length);
    parsed->bytes[length] = 0;
    parsed->length = length;
    read_message(parsed, (char *)parsed->bytes, length);
    return parsed;
}

static void note_latency(double span) {
    int bucket = span < 0 ? 0 : (int)(span * PER_MS);
    histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    if (span > slowest) slowest = span;
    changes++;
}

static void note_position(int server, long position, double now) {
    for (size_t i = row_count; i-- > 0 && i + 64 > row_count;)
        if (rows[i].server == server && rows[i].position == position) {
            rows[i].clients++;
            rows[i].last = now;
            return;
        }
    if (row_count == row_room) {
        row_room = row_room ? row_room * 2 : 1024;
        rows = realloc(rows, row_room * sizeof *rows);
    }
    rows[row_count++] = (struct row){server, position, 1, now, now};
}

static double percentile(double share) {
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++)
        if ((seen += histogram[i]) && seen >= changes * share) return (i + 1.0) / PER_MS;
    return 0;
}

static void print_table(void) {
    putchar('[');
    for (size_t i = 0; i < row_count; i++)
        printf("%s[%d,%ld,%ld,%.1f,%.1f]", i ? "," : "", rows[i].server, rows[i].position,
               rows[i].clients, rows[i].first, rows[i].last);
    puts("]");
}

static void forget_messages(void) {
    memset(histogram, 0, sizeof histogram);
    changes = 0;
    slowest = 0;
    row_count = 0;
}

#endif
