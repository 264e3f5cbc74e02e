#include <err.h>
#include <pthread.h>
#include <stdlib.h>

#include "drivers.h"
#include "load.h"

/// Transfers handed over between the threads.
struct queue {
    struct transfer **transfers;
    size_t count;
};

/// What the two threads share.
struct handover {
    struct load *load;
    pthread_mutex_t lock;
    pthread_cond_t answered;
    struct queue answers;
    struct queue requests;
    bool loop_waits;
    bool is_over;
};

static struct queue queue_create(size_t capacity) {
    const struct queue queue = {.transfers = calloc(capacity, sizeof(struct transfer *))};
    if (queue.transfers == NULL) {
        errx(71, "no memory for a queue");
    }
    return queue;
}

static void queue_swap(struct queue *one, struct queue *other) {
    const struct queue kept = *one;
    *one = *other;
    *other = kept;
}

/// The thread that submits requests: takes all available answers, and submits as many requests.
static void *ask(void *context) {
    struct handover *handover = context;
    struct queue answers = queue_create(handover->load->in_flight);
    bool goes_on = true;
    while (goes_on) {
        pthread_mutex_lock(&handover->lock);
        while (handover->answers.count == 0) {
            pthread_cond_wait(&handover->answered, &handover->lock);
        }
        queue_swap(&answers, &handover->answers);
        pthread_mutex_unlock(&handover->lock);
        for (size_t index = 0; index < answers.count && goes_on; index++) {
            struct transfer *transfer = answers.transfers[index];
            goes_on = load_count(handover->load, transfer);
            transfer_prepare(transfer);
            pthread_mutex_lock(&handover->lock);
            handover->requests.transfers[handover->requests.count++] = transfer;
            handover->is_over = !goes_on;
            // The loop is woken only if it waits, and only once.
            const bool wakes = handover->loop_waits;
            handover->loop_waits = false;
            pthread_mutex_unlock(&handover->lock);
            if (wakes) {
                curl_multi_wakeup(handover->load->multi);
            }
        }
        answers.count = 0;
    }
    free(answers.transfers);
    return NULL;
}

/// Adds what the other thread has submitted. Returns false once that thread is done.
static bool take_requests(struct handover *handover, struct queue *requests) {
    pthread_mutex_lock(&handover->lock);
    queue_swap(requests, &handover->requests);
    handover->loop_waits = false;
    const bool goes_on = !handover->is_over;
    pthread_mutex_unlock(&handover->lock);
    for (size_t index = 0; index < requests->count; index++) {
        curl_multi_add_handle(handover->load->multi, requests->transfers[index]->easy);
    }
    requests->count = 0;
    return goes_on;
}

static void hand_out(struct handover *handover) {
    struct transfer *transfer = load_next_completed(handover->load);
    if (transfer == NULL) {
        return;
    }
    pthread_mutex_lock(&handover->lock);
    do {
        handover->answers.transfers[handover->answers.count++] = transfer;
    } while ((transfer = load_next_completed(handover->load)) != NULL);
    pthread_mutex_unlock(&handover->lock);
    pthread_cond_signal(&handover->answered);
}

static bool may_wait(struct handover *handover) {
    pthread_mutex_lock(&handover->lock);
    handover->loop_waits = handover->requests.count == 0 && !handover->is_over;
    const bool may_wait = handover->loop_waits;
    pthread_mutex_unlock(&handover->lock);
    return may_wait;
}

void drive_for_another_thread(struct load *load, const struct options *options) {
    load_start(load, options);
    struct handover handover = {
        .load = load,
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .answered = PTHREAD_COND_INITIALIZER,
        .answers = queue_create(load->in_flight),
        .requests = queue_create(load->in_flight),
    };
    struct queue requests = queue_create(load->in_flight);
    pthread_t asking;
    if (pthread_create(&asking, NULL, ask, &handover) != 0) {
        errx(71, "no thread can be started");
    }
    while (take_requests(&handover, &requests)) {
        int running;
        curl_multi_perform(load->multi, &running);
        hand_out(&handover);
        if (may_wait(&handover)) {
            curl_multi_poll(load->multi, NULL, 0, 1000, NULL);
        }
    }
    pthread_join(asking, NULL);
    free(requests.transfers);
    free(handover.requests.transfers);
    free(handover.answers.transfers);
}
