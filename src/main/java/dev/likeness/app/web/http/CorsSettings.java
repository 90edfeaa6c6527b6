package dev.likeness.app.web.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Origins of other sites whose pages may read answers.
 *
 * @param origins as in browsers, such as {@code https://studio.example.com}; none by default
 */
@ConfigurationProperties("likeness.cors")
record CorsSettings(@DefaultValue List<String> origins) {}
