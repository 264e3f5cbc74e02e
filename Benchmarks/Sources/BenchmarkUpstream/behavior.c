#include "behavior.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [ANSWERS] = "answers", [CLOSES] = "closes", [HANGS] = "hangs", [FLOODS] = "floods", [RESETS] = "resets",
};

bool behavior_read(const char *text, struct behavior *behavior) {
    const size_t length = strcspn(text, ":");
    uint64_t milliseconds = 0;
    if (text[length] == ':') {
        char *end;
        milliseconds = strtoull(text + length + 1, &end, 10);
        if (*end != 0 || end == text + length + 1) {
            return false;
        }
    }
    for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
        if (strlen(names[index]) == length && strncmp(names[index], text, length) == 0) {
            *behavior = (struct behavior){(enum treatment)index, milliseconds * 1000 * 1000};
            return true;
        }
    }
    return false;
}
