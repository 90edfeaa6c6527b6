package dev.likeness.app.refusal;

/** Kinds of refusals. The HTTP API has a problem type of the same name for each. */
public enum RefusalKind {
    /** The caller lacks a permission. */
    FORBIDDEN,
    /** What the request names does not exist, or belongs to another owner. */
    NOT_FOUND,
    /** The state of a resource, or its use by others, does not allow the request. */
    WRONG_STATE,
    /** What the request needs was deleted. */
    GONE,
    /** A field of the request is invalid. */
    INVALID_REQUEST,
    /** A file has too many bytes or pixels. */
    TOO_LARGE,
    /** The format of a file is not supported. */
    UNSUPPORTED_FORMAT,
    /** Pictures cannot be used for training. */
    UNUSABLE_PICTURES,
    /** An adapter does not fit its base model, or has unknown tensors. */
    UNUSABLE_ADAPTER,
    /** A job needs more memory than any device has. */
    PLAN_DOES_NOT_FIT,
    /** An owner has too many requests or pixels per minute. */
    RATE_LIMITED,
    /** An owner has too many unfinished jobs. */
    QUOTA_EXCEEDED,
    /** The artifact store failed. */
    STORAGE
}
