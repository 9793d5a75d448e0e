/* What both ends need: the clock, numbers in texts, and WebSocket frames (RFC 6455). */
#ifndef WIRE_H
#define WIRE_H

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { TEXT = 1, CLOSE = 8, PING = 9, PONG = 10 };

/* A frame within the bytes that were received; `whole` is its length with the header. */
struct frame {
    int opcode, final, compressed;
    unsigned char *payload;
    size_t length, whole;
};

static inline double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static inline double cpu_seconds(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static inline void allow_many_files(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

static inline void be_quick(int fd) {
    int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    fcntl(fd, F_SETFL, O_NONBLOCK);
}

/* The number behind a name such as "revision": in the first bytes, or -1. */
static inline long number_after(const char *text, size_t length, const char *name) {
    const char *found = memmem(text, length, name, strlen(name));
    if (!found) return -1;
    for (found += strlen(name); *found == ' '; found++) {}
    return strtol(found, NULL, 10);
}

/* Whether a whole frame begins here. */
static inline int read_frame(unsigned char *bytes, size_t have, struct frame *frame) {
    if (have < 2) return 0;
    int masked = bytes[1] >> 7;
    size_t header = 2, length = bytes[1] & 127;
    if (length == 126) {
        if (have < 4) return 0;
        length = (size_t)bytes[2] << 8 | bytes[3];
        header = 4;
    } else if (length == 127) {
        if (have < 10) return 0;
        length = 0;
        for (int i = 2; i < 10; i++) length = length << 8 | bytes[i];
        header = 10;
    }
    header += masked ? 4 : 0;
    if (length > 1 << 26 || have < header + length) {
        if (length <= 1 << 26) return 0;
        length = 0; /* no server of ours sends such a thing: the stream is broken */
        frame->opcode = -1;
    } else {
        frame->opcode = bytes[0] & 15;
    }
    frame->final = bytes[0] >> 7;
    frame->compressed = bytes[0] >> 4 & 7;
    frame->payload = bytes + header;
    frame->length = length;
    frame->whole = header + length;
    for (size_t i = 0; masked && i < length; i++)
        frame->payload[i] ^= bytes[header - 4 + (i & 3)];
    return 1;
}

/* Writes a frame's header and payload; what a client sends is masked, here with zeros. */
static inline size_t write_frame(unsigned char *to, int opcode, const char *text, size_t length,
                                 int masked) {
    size_t at = 0;
    to[at++] = 128 | opcode;
    if (length < 126) {
        to[at++] = length | (masked ? 128 : 0);
    } else if (length < 65536) {
        to[at++] = 126 | (masked ? 128 : 0);
        to[at++] = length >> 8;
        to[at++] = length & 255;
    } else {
        to[at++] = 127 | (masked ? 128 : 0);
        for (int i = 7; i >= 0; i--) to[at++] = (uint64_t)length >> (8 * i) & 255;
    }
    if (masked) {
        memset(to + at, 0, 4);
        at += 4;
    }
    memcpy(to + at, text, length);
    return at + length;
}

#endif
