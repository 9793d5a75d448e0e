/* One page's end of the socket: connects, joins, subscribes, hears, and comes back. */
#ifndef CLIENT_H
#define CLIENT_H

#include "heard.h"

enum state { IDLE, CONNECTING, UPGRADING, OPENING, JOINING, SUBSCRIBING, PUT_OFF, HEARING, REFUSED };
enum { AT_ONCE = 64, ROOM = 1 << 26 };

struct client {
    int fd, server, buffer, by_cookie;
    enum state state;
    char *credential;
    unsigned char *kept; /* an unfinished frame */
    size_t kept_length;
    double retry_at, paused_until;
    long revision, position, messages, gaps, repeats, connections;
};

struct server {
    struct sockaddr_in address;
    char host[128];
    long revision, position;
};

static struct client *clients;
static struct server servers[16];
static int count, idle, in_flight, poller;
static unsigned char *shared;
static long deliveries, bytes_read, other, resyncs, lost, refused, broken, deflated, waited;
static double entering_last;
static char complaint[256];

static void send_packet(struct client *client, const char *text) {
    unsigned char frame[1024];
    size_t length = write_frame(frame, TEXT, text, strlen(text), 1);
    if (send(client->fd, frame, length, MSG_NOSIGNAL) != (ssize_t)length) broken++;
}

static void watch(struct client *client, int action, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t)(client - clients)};
    epoll_ctl(poller, action, client->fd, &event);
}

/* Comes back with jitter, as pages do. */
static void drop(struct client *client, int is_refused) {
    if (client->state == HEARING) lost++;
    else if (client->state == PUT_OFF) idle--;
    else in_flight--;
    close(client->fd);
    free(client->kept);
    client->kept = NULL;
    client->kept_length = 0;
    client->state = is_refused ? REFUSED : IDLE;
    client->paused_until = 0;
    client->retry_at = milliseconds() + 300 + rand() % 1200;
    if (is_refused) refused++;
    else idle++;
}

static void dial(struct client *client) {
    struct server *server = &servers[client->server];
    client->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (client->fd < 0) {
        client->retry_at = milliseconds() + 1000;
        return;
    }
    be_quick(client->fd);
    if (client->buffer)
        setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &client->buffer, sizeof client->buffer);
    idle--;
    in_flight++;
    client->state = CONNECTING;
    connect(client->fd, (struct sockaddr *)&server->address, sizeof server->address);
    watch(client, EPOLL_CTL_ADD, EPOLLOUT);
}

/* Asks for the WebSocket as browsers do: they offer to compress. */
static void upgrade(struct client *client) {
    struct server *server = &servers[client->server];
    char text[4096];
    int length = snprintf(
        text, sizeof text,
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: %s:%d\r\n"
        "Origin: http://%s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
        "%s%s\r\n\r\n",
        server->host, ntohs(server->address.sin_port), server->host,
        ntohs(server->address.sin_port), client->by_cookie ? "Cookie: " : "X-Nobody: ",
        client->by_cookie ? client->credential : "1");
    client->state = UPGRADING;
    watch(client, EPOLL_CTL_MOD, EPOLLIN);
    if (send(client->fd, text, length, MSG_NOSIGNAL) != length) drop(client, 0);
}

static void keep_up(struct client *client, long revision, long position) {
    struct server *server = &servers[client->server];
    if (revision > client->revision) client->revision = revision;
    if (position > client->position) client->position = position;
    if (revision > server->revision) server->revision = revision;
    if (position > server->position) server->position = position;
}

static void hear_change(struct client *client, const char *text, size_t length, double now) {
    struct parsed *parsed = understood(text, length);
    if (!parsed->ours) {
        other++;
        return;
    }
    deliveries++;
    client->messages++;
    if (client->revision >= 0 && parsed->revision > client->revision + 1) client->gaps++;
    if (parsed->revision <= client->revision) client->repeats++;
    keep_up(client, parsed->revision, parsed->position);
    note_position(client->server, parsed->position, now);
    for (int i = 0; i < parsed->stamps; i++) note_latency(now - parsed->stamp[i]);
}

static void joined(struct client *client) {
    char packet[256];
    client->state = SUBSCRIBING;
    client->revision = -1;
    snprintf(packet, sizeof packet, "421[\"subscribe\",{\"channel\":\"%s\"}]", channel);
    send_packet(client, packet);
}

/* The server has too much to do and says when to ask again; pages do so, too. */
static void put_off(struct client *client) {
    client->state = PUT_OFF;
    client->retry_at = milliseconds() + 1000 + rand() % 1000;
    in_flight--;
    idle++;
    waited++;
}

static void ask_again(struct client *client) {
    in_flight++;
    idle--;
    joined(client);
}

static void subscribed(struct client *client, const char *text, size_t length, double now) {
    if (!memmem(text, length, "\"ok\":true", 9) && !memmem(text, length, "\"ok\": true", 10)) {
        if (memmem(text, length, "retry_after", 11)) {
            put_off(client);
            return;
        }
        snprintf(complaint, sizeof complaint, "%.*s", (int)(length > 200 ? 200 : length), text);
        drop(client, 1);
        return;
    }
    client->state = HEARING;
    client->connections++;
    in_flight--;
    entering_last = now;
    keep_up(client, number_after(text, length, "\"revision\":"),
            number_after(text, length, "\"position\":"));
}

static void join(struct client *client) {
    char packet[512] = "40";
    if (client->credential && !client->by_cookie)
        snprintf(packet, sizeof packet, "40{\"token\":\"%s\"}", client->credential);
    client->state = JOINING;
    send_packet(client, packet);
}

static int begins(const char *text, size_t length, const char *with) {
    size_t size = strlen(with);
    return length >= size && !memcmp(text, with, size);
}

static void take(struct client *client, const char *text, size_t length, double now) {
    if (length == 1 && *text == '2') send_packet(client, "3");
    else if (begins(text, length, "42[\"change\"")) hear_change(client, text, length, now);
    else if (begins(text, length, "42[\"resync\"")) resyncs++;
    else if (begins(text, length, "43")) subscribed(client, text, length, now);
    else if (begins(text, length, "40")) joined(client);
    else if (begins(text, length, "44")) {
        snprintf(complaint, sizeof complaint, "%.*s", (int)(length > 200 ? 200 : length), text);
        drop(client, 1);
    } else if (begins(text, length, "41") || begins(text, length, "1")) drop(client, 0);
    else if (begins(text, length, "0")) join(client);
    else if (!begins(text, length, "42") && !begins(text, length, "6")) broken++;
    else other++;
}

static int take_frame(struct client *client, struct frame *frame, double now) {
    if (frame->opcode == PING) {
        unsigned char pong[256];
        size_t length = write_frame(pong, PONG, (char *)frame->payload, frame->length & 127, 1);
        send(client->fd, pong, length, MSG_NOSIGNAL);
    } else if (frame->opcode == CLOSE) {
        drop(client, 0);
        return 0;
    } else if (frame->opcode != TEXT || !frame->final || frame->compressed) {
        broken++;
        drop(client, 0);
        return 0;
    } else {
        unsigned char after = frame->payload[frame->length]; /* for strtol */
        frame->payload[frame->length] = 0;
        take(client, (char *)frame->payload, frame->length, now);
        frame->payload[frame->length] = after;
    }
    return client->state > UPGRADING && client->state != REFUSED;
}

/* How many of the bytes were the answer to the upgrade, or 0 if it is not whole yet. */
static size_t take_answer(struct client *client, unsigned char *bytes, size_t length) {
    unsigned char *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end) return 0;
    if (memmem(bytes, end - bytes, "permessage-deflate", 18)) deflated++;
    if (!begins((char *)bytes, length, "HTTP/1.1 101")) {
        snprintf(complaint, sizeof complaint, "%.*s", 30, bytes);
        broken++;
        drop(client, 0);
        return 0;
    }
    client->state = OPENING;
    return end + 4 - bytes;
}

static void receive(struct client *client) {
    size_t had = client->kept_length, at = 0;
    if (had) memcpy(shared, client->kept, had);
    ssize_t got = recv(client->fd, shared + had, 1 << 17, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) {
        drop(client, 0);
        return;
    }
    double now = milliseconds();
    bytes_read += got;
    size_t length = had + got;
    struct frame frame;
    if (client->state == UPGRADING) at = take_answer(client, shared, length);
    if (client->state == IDLE) return;
    while (client->state > UPGRADING && read_frame(shared + at, length - at, &frame)) {
        if (!take_frame(client, &frame, now)) return;
        at += frame.whole;
    }
    client->kept_length = length - at;
    client->kept = realloc(client->kept, client->kept_length + 1);
    memcpy(client->kept, shared + at, client->kept_length);
    if (!client->kept_length) {
        free(client->kept);
        client->kept = NULL;
    }
}

#endif
