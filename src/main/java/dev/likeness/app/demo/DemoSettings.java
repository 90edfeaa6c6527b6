package dev.likeness.app.demo;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the demo.
 *
 * @param subject a bundled picture set: {@code owl}, {@code running-shoe}, {@code strawberry} or {@code teddy-bear}
 * @param openBrowser whether it shows the finished job in a browser, where it runs in a terminal of a desktop
 */
@Validated
@ConfigurationProperties("likeness.demo")
record DemoSettings(
        @DefaultValue("owl") @NotBlank @Pattern(regexp = "[a-z-]+")
        String subject,

        @DefaultValue("true") boolean openBrowser) {}
