/* The limit: a server that does nothing but write one prebuilt frame to every socket.

   It speaks just enough of Socket.IO that the same clients can listen. Usage: serve PORT. A line
   "send RATE COUNT SIZE" on standard input sends so many messages; "done" answers it, in quotes. */
#include "wire.h"

#include <arpa/inet.h>

struct client {
    int fd, hears;
    unsigned char *kept; /* what has come of an unfinished frame or request */
    size_t kept_length;
    unsigned char *unsent; /* what the socket would not take */
    size_t unsent_length;
    int upgraded;
};

static struct client *clients[65536]; /* by file descriptor */
static int poller, highest;
static long revision, to_send, size_of_message;
static double next_at, pause_ms;

static uint32_t turned(uint32_t x, int by) { return x << by | x >> (32 - by); }

static void mix_block(uint32_t h[5], const unsigned char *block) {
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = turned(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                     : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                     : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                              : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t next = turned(a, 5) + f + e + w[i];
        e = d, d = c, c = turned(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
}

/* SHA-1 of a text that fits into two blocks, as RFC 6455 wants it of a key. */
static void sha1(const char *text, unsigned char digest[20]) {
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    unsigned char block[128] = {0};
    size_t length = strlen(text), blocks = length + 9 > 64 ? 2 : 1;
    memcpy(block, text, length);
    block[length] = 128;
    block[blocks * 64 - 2] = length * 8 >> 8;
    block[blocks * 64 - 1] = length * 8 & 255;
    for (size_t i = 0; i < blocks; i++) mix_block(h, block + 64 * i);
    for (int i = 0; i < 20; i++) digest[i] = h[i / 4] >> (24 - 8 * (i % 4));
}

static void accept_key(const char *key, char answer[29]) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[110];
    unsigned char digest[21] = {0};
    snprintf(text, sizeof text, "%.64s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    sha1(text, digest);
    for (int i = 0; i < 7; i++) {
        uint32_t three = digest[3 * i] << 16 | digest[3 * i + 1] << 8 | digest[3 * i + 2];
        for (int k = 0; k < 4; k++) answer[4 * i + k] = letters[three >> (18 - 6 * k) & 63];
    }
    answer[27] = '=';
    answer[28] = 0;
}

static void forget(struct client *client) {
    clients[client->fd] = NULL;
    close(client->fd);
    free(client->kept);
    free(client->unsent);
    free(client);
}

static void watch(struct client *client) {
    struct epoll_event event = {.events = EPOLLIN | (client->unsent ? EPOLLOUT : 0),
                                .data.fd = client->fd};
    epoll_ctl(poller, EPOLL_CTL_MOD, client->fd, &event);
}

static void keep_unsent(struct client *client, const unsigned char *bytes, size_t length) {
    client->unsent = realloc(client->unsent, client->unsent_length + length);
    memcpy(client->unsent + client->unsent_length, bytes, length);
    client->unsent_length += length;
    watch(client);
}

static void write_to(struct client *client, const unsigned char *bytes, size_t length) {
    ssize_t sent = 0;
    if (!client->unsent) sent = send(client->fd, bytes, length, MSG_NOSIGNAL);
    if (sent < (ssize_t)length) keep_unsent(client, bytes + (sent > 0 ? sent : 0),
                                            length - (sent > 0 ? sent : 0));
}

static void flush_unsent(struct client *client) {
    ssize_t sent = send(client->fd, client->unsent, client->unsent_length, MSG_NOSIGNAL);
    if (sent <= 0) return;
    client->unsent_length -= sent;
    memmove(client->unsent, client->unsent + sent, client->unsent_length);
    if (!client->unsent_length) {
        free(client->unsent);
        client->unsent = NULL;
        watch(client);
    }
}

static void say(struct client *client, const char *text) {
    unsigned char frame[512];
    write_to(client, frame, write_frame(frame, TEXT, text, strlen(text), 0));
}

static size_t take_request(struct client *client, char *bytes, size_t length) {
    char *end = memmem(bytes, length, "\r\n\r\n", 4), key[128] = "", answer[29], text[256];
    if (!end) return 0;
    char *header = strcasestr(bytes, "Sec-WebSocket-Key:");
    if (header) sscanf(header + 18, " %127[^\r]", key);
    accept_key(key, answer);
    int size = snprintf(text, sizeof text,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", answer);
    write_to(client, (unsigned char *)text, size);
    say(client, "0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":600000,\"pingTimeout\":20000}");
    client->upgraded = 1;
    return end + 4 - bytes;
}

static void take(struct client *client, const char *text, size_t length) {
    char answer[64];
    if (length >= 3 && !memcmp(text, "421", 3)) {
        client->hears = 1;
        snprintf(answer, sizeof answer, "431[{\"ok\":true,\"revision\":%ld,\"position\":0}]", revision);
        say(client, answer);
    } else if (length >= 2 && !memcmp(text, "40", 2)) {
        say(client, "40{\"sid\":\"a\"}");
    }
}

static void receive(struct client *client) {
    static unsigned char bytes[1 << 18];
    struct frame frame;
    size_t at = 0, length = client->kept_length;
    if (length) memcpy(bytes, client->kept, length);
    ssize_t got = recv(client->fd, bytes + length, 1 << 16, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) forget(client);
        return;
    }
    length += got;
    bytes[length] = 0;
    if (!client->upgraded) at = take_request(client, (char *)bytes, length);
    while (client->upgraded && read_frame(bytes + at, length - at, &frame)) {
        take(client, (char *)frame.payload, frame.length);
        at += frame.whole;
    }
    client->kept_length = length - at;
    client->kept = realloc(client->kept, client->kept_length + 1);
    memcpy(client->kept, bytes + at, client->kept_length);
}

static void welcome(int listener) {
    int fd;
    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        be_quick(fd);
        clients[fd] = calloc(1, sizeof(struct client));
        clients[fd]->fd = fd;
        if (fd > highest) highest = fd;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    }
}

static void send_one(void) {
    static char text[1 << 17];
    static unsigned char frame[(1 << 17) + 16];
    int head = snprintf(text, 400,
                        "42[\"change\",{\"channel\":\"event:BENCH\",\"revision\":%ld,\"position\":0,"
                        "\"html\":\"t=%.0f;", ++revision, milliseconds());
    int filler = size_of_message > head + 3 ? size_of_message - head - 3 : 0;
    memset(text + head, 'x', filler);
    strcpy(text + head + filler, "\"}]");
    size_t length = write_frame(frame, TEXT, text, head + filler + 3, 0);
    for (int fd = 0; fd <= highest; fd++)
        if (clients[fd] && clients[fd]->hears) write_to(clients[fd], frame, length);
}

static void send_due(double now) {
    while (to_send && next_at <= now) {
        send_one();
        next_at += pause_ms;
        if (!--to_send) {
            puts("\"done\"");
            fflush(stdout);
        }
    }
}

static void read_command(void) {
    char line[256];
    double rate;
    ssize_t got = read(0, line, sizeof line - 1);
    if (got <= 0) exit(0);
    line[got] = 0;
    if (sscanf(line, "send %lf %ld %ld", &rate, &to_send, &size_of_message) != 3) return;
    pause_ms = 1000 / rate;
    next_at = milliseconds();
}

static int listening(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) exit(1);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static void handle(struct epoll_event *event, int listener) {
    int fd = event->data.fd;
    if (fd == 0) read_command();
    else if (fd == listener) welcome(listener);
    else {
        if (event->events & EPOLLOUT && clients[fd]) flush_unsent(clients[fd]);
        if (event->events & (EPOLLIN | EPOLLERR | EPOLLHUP) && clients[fd]) receive(clients[fd]);
    }
}

int main(int arguments, char **argument) {
    static struct epoll_event events[1024];
    allow_many_files();
    int listener = listening(arguments > 1 ? atoi(argument[1]) : 0);
    poller = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = 0};
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &event);
    event.data.fd = listener;
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        double wait = to_send ? next_at - milliseconds() : 1000;
        int ready = epoll_wait(poller, events, 1024, wait < 0 ? 0 : wait > 1000 ? 1000 : wait + .99);
        for (int i = 0; i < ready; i++) handle(&events[i], listener);
        send_due(milliseconds());
    }
}
