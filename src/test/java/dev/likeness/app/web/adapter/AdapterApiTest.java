package dev.likeness.app.web.adapter;

import dev.likeness.app.Api;
import dev.likeness.app.Api.Answer;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import dev.likeness.diffusion.adapter.TensorFile;
import java.nio.file.Path;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** Uploaded adapters, and generations with adapters. */
@ApiTest
abstract class AdapterApiTest {

    static final Path GOLDENS = Path.of("src/test/resources/goldens");

    static final byte[] LORA = new TensorFile()
            .addLayer("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q", 160, 160)
            .bytes();

    @Autowired
    TestDatabase database;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    String uploaded() {
        return api.upload("lora.safetensors", LORA).at("/id");
    }

    Answer generation(String job, String adapters) {
        return api.post(
                "/v1/jobs/%s/generations".formatted(job),
                "{\"prompts\": [\"a {subject} beside a <zwx>\"], \"adapters\": [%s]}".formatted(adapters));
    }

    String loraJob() {
        return worked("{\"method\": \"dreambooth_lora\"}");
    }

    String worked(String spec) {
        UUID id = worker.submit(spec);
        worker.work(id);
        return id.toString();
    }
}
