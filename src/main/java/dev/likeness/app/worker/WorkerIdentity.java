package dev.likeness.app.worker;

import java.time.Instant;
import java.util.UUID;

/** This worker process. */
record WorkerIdentity(UUID id, Instant startedAt) {}
