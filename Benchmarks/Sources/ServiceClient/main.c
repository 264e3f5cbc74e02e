/// A client of the service that exchanges tickets for tokens, over plain HTTP/1.1 on persistent connections.
#include "load.h"
#include "options.h"

int main(int count, char **arguments) {
    const struct options options = options_read(count, arguments);
    load_run(&options);
}
