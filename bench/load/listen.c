/* Many pages at once: Socket.IO clients over WebSocket, which count and check what they hear.

   Commands come as lines on standard input, answers go as lines of JSON to standard output:

     address HOST PORT          one more server; clients name it by its number
     channel NAME               what clients hear
     buffer BYTES               receive buffer of the clients that follow (0: the system's)
     client SERVER token T      one more client, with a token,
     client SERVER cookie C     or with a cookie
     crowd SERVER COUNT         so many clients that need neither
     pause COUNT SECONDS        the first clients stop reading
     reset                      count from zero
     look                       the figures
     states                     each client: messages, gaps, repeats, connections, revision
     table                      each position: server, position, clients, first and last time

   A change that carries "t=1763801234567;" gives its latency, and several may come in a message.
   A slow reader is the only thing that is ever slow here: see "cpu_seconds". */
#include "client.h"

#include <arpa/inet.h>

static int room, server_count, buffer_size;
static double cpu_before;

static void add(int server, int by_cookie, const char *credential) {
    if (count == room) {
        room = room ? room * 2 : 1024;
        clients = realloc(clients, room * sizeof *clients);
    }
    clients[count++] = (struct client){.server = server,
                                       .by_cookie = by_cookie,
                                       .buffer = buffer_size,
                                       .credential = credential ? strdup(credential) : NULL,
                                       .revision = -1};
    idle++;
}

static void add_server(const char *host, int port) {
    struct server *server = &servers[server_count++ & 15];
    snprintf(server->host, sizeof server->host, "%s", host);
    server->address.sin_family = AF_INET;
    server->address.sin_port = htons(port);
    inet_pton(AF_INET, host, &server->address.sin_addr);
}

static void pause_some(int some, double seconds) {
    for (int i = 0; i < some && i < count; i++) {
        clients[i].paused_until = milliseconds() + seconds * 1000;
        watch(&clients[i], EPOLL_CTL_MOD, 0);
    }
}

static void look_after(double now) {
    for (int i = 0; i < count; i++) {
        struct client *client = &clients[i];
        int due = client->retry_at <= now && in_flight < AT_ONCE;
        if (due && client->state == IDLE) dial(client);
        if (due && client->state == PUT_OFF) ask_again(client);
        if (client->paused_until && client->paused_until <= now) {
            client->paused_until = 0;
            if (client->state == HEARING) watch(client, EPOLL_CTL_MOD, EPOLLIN);
        }
    }
}

static void reset(void) {
    forget_messages();
    deliveries = bytes_read = other = resyncs = lost = refused = broken = waited = 0;
    cpu_before = cpu_seconds();
    for (int i = 0; i < count; i++)
        clients[i].messages = clients[i].gaps = clients[i].repeats = 0;
}

static void report(void) {
    long hearing = 0, gaps = 0, repeats = 0, behind = 0;
    for (int i = 0; i < count; i++) {
        hearing += clients[i].state == HEARING;
        gaps += clients[i].gaps;
        repeats += clients[i].repeats;
        behind += clients[i].state != HEARING ||
                  clients[i].revision < servers[clients[i].server].revision ||
                  clients[i].position < servers[clients[i].server].position;
    }
    printf("{\"clients\":%d,\"hearing\":%ld,\"deliveries\":%ld,\"changes\":%ld,\"bytes\":%ld,"
           "\"gaps\":%ld,\"repeats\":%ld,\"behind\":%ld,\"resyncs\":%ld,\"other\":%ld,"
           "\"lost\":%ld,\"refused\":%ld,\"put_off\":%ld,\"broken\":%ld,\"deflated\":%ld,\"p50\":%.1f,"
           "\"p95\":%.1f,\"p99\":%.1f,\"max\":%.1f,\"entered_at\":%.1f,\"cpu_seconds\":%.3f,"
           "\"complaint\":\"",
           count, hearing, deliveries, changes, bytes_read, gaps, repeats, behind, resyncs, other,
           lost, refused, waited, broken, deflated, percentile(.5), percentile(.95), percentile(.99),
           slowest, entering_last, cpu_seconds() - cpu_before);
    for (char *at = complaint; *at; at++)
        if (*at >= ' ' && *at != '"' && *at != '\\') putchar(*at);
    puts("\"}");
}

static void print_states(void) {
    putchar('[');
    for (int i = 0; i < count; i++)
        printf("%s[%ld,%ld,%ld,%ld,%ld]", i ? "," : "", clients[i].messages, clients[i].gaps,
               clients[i].repeats, clients[i].connections, clients[i].revision);
    puts("]");
}

static void obey(char *line) {
    char word[32], host[128], credential[2048];
    int number, server;
    double seconds;
    if (sscanf(line, "address %127s %d", host, &number) == 2) add_server(host, number);
    else if (sscanf(line, "channel %127s", channel) == 1) {
    } else if (sscanf(line, "buffer %d", &buffer_size) == 1) {
    } else if (sscanf(line, "client %d %31s %2047[^\n]", &server, word, credential) == 3)
        add(server, !strcmp(word, "cookie"), credential);
    else if (sscanf(line, "crowd %d %d", &server, &number) == 2)
        while (number-- > 0) add(server, 0, NULL);
    else if (sscanf(line, "pause %d %lf", &number, &seconds) == 2) pause_some(number, seconds);
    else if (!strncmp(line, "reset", 5)) reset();
    else if (!strncmp(line, "states", 6)) print_states();
    else if (!strncmp(line, "table", 5)) print_table();
    else report();
    fflush(stdout);
}

/* Lines come in pieces; an end of the input is the end. */
static void read_commands(void) {
    static char input[1 << 16];
    static size_t length;
    ssize_t got = read(0, input + length, sizeof input - length - 1);
    if (got <= 0) exit(0);
    length += got;
    input[length] = 0;
    char *line = input, *end;
    while ((end = strchr(line, '\n'))) {
        *end = 0;
        obey(line);
        line = end + 1;
    }
    length -= line - input;
    memmove(input, line, length);
}

static void handle(struct epoll_event *event) {
    if (event->data.u32 == UINT32_MAX) {
        read_commands();
        return;
    }
    struct client *client = &clients[event->data.u32];
    if (client->state == IDLE || client->state == REFUSED) return;
    if (client->state == CONNECTING && event->events & (EPOLLERR | EPOLLHUP)) drop(client, 0);
    else if (client->state == CONNECTING) upgrade(client);
    else if (!client->paused_until) receive(client);
    else if (event->events & (EPOLLERR | EPOLLHUP)) drop(client, 0);
}

int main(void) {
    static struct epoll_event events[1024];
    struct epoll_event commands = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    double looked_at = 0;
    allow_many_files();
    shared = malloc(ROOM + (1 << 18));
    poller = epoll_create1(0);
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &commands);
    for (;;) {
        int ready = epoll_wait(poller, events, 1024, idle ? 5 : 100);
        for (int i = 0; i < ready; i++) handle(&events[i]);
        double now = milliseconds();
        if (now - looked_at > (idle ? 4 : 90)) {
            looked_at = now;
            look_after(now);
        }
    }
}
