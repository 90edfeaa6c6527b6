package dev.likeness.app.spec;

import java.util.Map;

/**
 * Named defaults for a job.
 *
 * @param id name in requests
 * @param description one sentence to display
 * @param model id of its base model
 * @param spec the settings of the preset, JSON as maps and lists
 */
public record Preset(String id, String description, String model, Map<String, Object> spec) {}
