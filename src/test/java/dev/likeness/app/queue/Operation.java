package dev.likeness.app.queue;

/** An operation of the service on its database. */
enum Operation {
    SUBMIT("submit a job (`POST /v1/jobs` of an existing subject)"),
    POLL("an idle worker looks for a task and finds nothing"),
    CLAIM("an idle worker looks for a task and leases it"),
    LEASE("lease and start a job"),
    PHASE("enter the next phase"),
    SIGNAL("check for cancellation, every step"),
    PROGRESS("report progress and loss"),
    CHECKPOINT("insert a checkpoint's rows"),
    IMAGE("insert an image's rows"),
    FINISH("finish, and leave the queue"),
    HEARTBEAT("send a heartbeat"),
    DEAD("search for dead workers"),
    ANNOUNCE("renew a worker's row"),
    STATUS("`GET /v1/jobs/{id}` of a running job"),
    WAITING_STATUS("`GET /v1/jobs/{id}` of one of 10,000 queued jobs"),
    EVENTS("read new events of one watched job");

    private final String words;

    Operation(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
