package dev.likeness.app.subject;

/**
 * What a picture shows.
 *
 * @param text may contain the placeholders of prompts
 * @param origin its source
 */
public record Caption(String text, CaptionOrigin origin) {}
