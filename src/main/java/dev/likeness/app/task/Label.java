package dev.likeness.app.task;

/** A label of a task, see {@link Labels}. */
public record Label(String key, String value) {

    /** The label alone as a JSON object. Neither part has a character that JSON escapes. */
    public String json() {
        return "{\"%s\": \"%s\"}".formatted(key, value);
    }
}
