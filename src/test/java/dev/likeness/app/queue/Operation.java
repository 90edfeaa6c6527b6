package dev.likeness.app.queue;

/** What is asked of the database on behalf of jobs. */
enum Operation {
    SUBMIT("a job is submitted (`POST /v1/jobs` of a known subject)"),
    POLL("an idle worker looks for a task, and there is none"),
    CLAIM("an idle worker looks for a task, and gets it"),
    LEASE("the job is leased and begun"),
    PHASE("the next phase"),
    SIGNAL("whether to go on, asked every step"),
    PROGRESS("progress and loss"),
    CHECKPOINT("a checkpoint's rows"),
    IMAGE("an image's rows"),
    FINISH("the end, and out of the queue"),
    HEARTBEAT("a heartbeat"),
    DEAD("a look for the dead"),
    ANNOUNCE("a worker's row in the list"),
    STATUS("`GET /v1/jobs/{id}` of a running job"),
    WAITING_STATUS("`GET /v1/jobs/{id}` of one of 10,000 that wait"),
    EVENTS("a look for new events, of one watched job");

    private final String words;

    Operation(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
