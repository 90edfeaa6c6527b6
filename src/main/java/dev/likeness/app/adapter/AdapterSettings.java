package dev.likeness.app.adapter;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of uploaded adapters.
 *
 * @param maxFileSize largest file; a LoRA of rank 128 at every layer of SDXL has 900 MB in fp16
 */
@Validated
@ConfigurationProperties("likeness.adapters")
public record AdapterSettings(@DefaultValue("1GB") @NotNull DataSize maxFileSize) {}
