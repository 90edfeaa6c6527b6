package dev.likeness.app.subject;

/**
 * What a picture shows.
 *
 * @param text may hold the placeholders of prompts
 * @param origin who wrote it
 */
public record Caption(String text, CaptionOrigin origin) {}
