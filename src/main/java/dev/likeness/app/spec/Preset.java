package dev.likeness.app.spec;

import java.util.Map;

/**
 * Named defaults for a job.
 *
 * @param id as clients name it
 * @param description one sentence to display
 * @param model id of the base model it was made for
 * @param spec the part of a job's spec that it sets, JSON as maps and lists
 */
public record Preset(String id, String description, String model, Map<String, Object> spec) {}
